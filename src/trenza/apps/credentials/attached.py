"""Who is attached to a credential of a definition: whoever holds one."""

from collections.abc import Collection, Mapping

from django.db.models import Count

from trenza.apps.credentials.models import Credential
from trenza.apps.programmes.api import Programme, register_attached


def register() -> None:
    """Called once, when Django is ready."""
    register_attached("credential", "credentials", _held)


def _held(programme: Programme, codes: Collection[str]) -> Mapping[str, int]:
    rows = Credential.objects.filter(template__programme=programme, template__code__in=codes).order_by()
    return dict(rows.values_list("template__code").annotate(n=Count("pk")))
