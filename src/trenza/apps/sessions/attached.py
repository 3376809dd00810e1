"""What is attached to what a definition names: asked before something is taken out of it."""

from collections.abc import Collection, Mapping

from django.db.models import Count

from trenza.apps.programmes.api import Programme, register_attached
from trenza.apps.sessions.models import Session


def register() -> None:
    """Sign-ups of sessions, by workshop."""
    register_attached("workshop", "sign_ups", _sign_ups)


def _sign_ups(programme: Programme, codes: Collection[str]) -> Mapping[str, int]:
    rows = Session.objects.filter(workshop__programme=programme, workshop__code__in=codes).order_by()
    rows = rows.filter(cancelled_at=None, sign_ups__withdrawn_at=None)
    return dict(rows.values_list("workshop__code").annotate(n=Count("sign_ups")))
