"""Who may, among people."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from trenza.apps.people.models import Person, RoleGrant
from trenza.apps.people.roles import Permission
from trenza.apps.people.scopes import Reach, reach_of
from trenza.core.access import Rule

PersonsWithin = Callable[[Reach], "QuerySet[Any]"]
_persons_within: dict[str, PersonsWithin] = {}


def register_persons_within(name: str, persons: PersonsWithin) -> None:
    """Register whom an app connects with scopes: `persons(reach)` is a queryset of one column, person ids.

    Who is enrolled or has applied within a viewer's reach is hers to see; people alone knows of no enrolments.
    """
    if name in _persons_within:
        raise ValueError(f"{name} registers its persons twice")
    _persons_within[name] = persons


def _readable_persons(viewer: Person | None) -> "QuerySet[Person]":
    reach = reach_of(viewer, Permission.PERSON_READ)
    if reach.everything:
        return Person.objects.all()
    if not reach.by_kind:
        return Person.objects.none()
    within = Q(pk__in=[])
    for persons in _persons_within.values():
        within |= Q(pk__in=persons(reach))
    return Person.objects.filter(within)


def _readable_grants(viewer: Person | None) -> "QuerySet[RoleGrant]":
    reach = reach_of(viewer, Permission.ROLE_GRANT)
    if reach.everything:
        return RoleGrant.objects.all()
    within = Q(pk__in=[])
    for kind, ids in reach.by_kind.items():
        within |= Q(scope_kind=kind, scope__in=ids)
    return RoleGrant.objects.filter(within)


read_person: Rule[Person | None, Person] = Rule(_readable_persons)
withdraw_role: Rule[Person | None, RoleGrant] = Rule(_readable_grants)
