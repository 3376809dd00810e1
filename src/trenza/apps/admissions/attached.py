"""Who is attached to regions, editions and calls: whoever has applied or signed up there."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from django.db.models import Count

from trenza.apps.admissions.models import Application, SignUp
from trenza.apps.programmes.api import Programme, register_attached

_LOOKUPS = {"region": "region__code", "edition": "call__edition__code", "call": "call__code"}


def register() -> None:
    """Called once, when Django is ready."""
    for section, lookup in _LOOKUPS.items():
        register_attached(section, "applications", _counted(lookup))


def _counted(lookup: str) -> Callable[[Programme, Collection[str]], Mapping[str, int]]:
    def count(programme: Programme, codes: Collection[str]) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for model in (Application, SignUp):
            rows = model._default_manager.filter(call__programme=programme, **{f"{lookup}__in": codes}).order_by()
            found.update(dict(rows.values_list(lookup).annotate(n=Count("pk"))))
        return found

    return count
