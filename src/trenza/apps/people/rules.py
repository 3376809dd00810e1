"""Who may, among people."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from trenza.apps.people.models import (
    Card,
    DuplicatePair,
    Guardianship,
    Merge,
    PeopleImport,
    Person,
    PersonDevice,
    RoleGrant,
    SavedView,
)
from trenza.apps.people.roles import ROLES, Permission
from trenza.apps.people.scopes import Reach, reach_of, reaches_of, scopes_with, scopes_within
from trenza.core.access import Rule

PersonsWithin = Callable[[Reach], "QuerySet[Any]"]
_persons_within: dict[str, PersonsWithin] = {}


def register_persons_within(name: str, persons: PersonsWithin) -> None:
    """Register whom an app connects with scopes: `persons(reach)` are its rows within reach, each with a `person`.

    Who is enrolled or has applied within a viewer's reach is hers to see; people alone knows of no enrolments.
    """
    if name in _persons_within:
        raise ValueError(f"{name} registers its persons twice")
    _persons_within[name] = persons


def _readable_persons(viewer: Person | None) -> "QuerySet[Person]":
    return _persons_reached(reach_of(viewer, Permission.PERSON_READ))


def _persons_reached(reach: Reach) -> "QuerySet[Person]":
    """Whoever is another name of somebody (a merge) is not among them: she who is kept is."""
    if not reach.everything and not reach.by_kind:
        return Person.objects.none()
    found = Person.objects.exclude(pk__in=merged_away())
    if reach.everything:
        return found
    within = Q(pk__in=[])
    # A programme reaches most of the people there are, and a list of them would be made anew for each page: it is asked
    # of one person at a time. A region reaches few, and to ask of everybody takes longer than to list them.
    wide = reach.ids("programme") or reach.ids("edition")
    for persons in _persons_within.values():
        rows = persons(reach).order_by()
        within |= Q(Exists(rows.filter(person=OuterRef("pk")))) if wide else Q(pk__in=rows.values("person"))
    return found.filter(within)


def merged_away() -> "QuerySet[Merge, Any]":
    """The ids of those who are another name of somebody. What stays theirs is a duplicate, and counts nowhere."""
    return Merge.objects.filter(undone_at=None).order_by().values("absorbed")


def persons_with(permission: Permission) -> Rule[Person | None, Person]:
    """The rule for whoever looks after persons: those within the scopes in which she holds this permission."""
    return Rule(lambda viewer: _persons_reached(reach_of(viewer, permission)))


def grantable(viewer: Person | None) -> Mapping[str, Reach]:
    """Where she may give and withdraw each role: where she may grant, and herself holds all that the role permits.

    So nobody makes anybody more than she is, or reaches beyond her own scope. Roles that she may give nowhere are
    left out.
    """
    hers = reaches_of(viewer)
    reaches = {
        code: reduce(Reach.in_common, (hers.get(each, Reach()) for each in {Permission.ROLE_GRANT, *role.permissions}))
        for code, role in ROLES.items()
    }
    return {code: reach for code, reach in reaches.items() if reach.everything or reach.by_kind}


def _grants_within(reach: Reach) -> Q:
    within = reach.q()
    for kind, ids in reach.by_kind.items():
        within |= Q(scope_kind=kind, scope__in=ids)
    for kind, rows in scopes_within(reach).items() if reach.by_kind else ():
        within |= Q(scope_kind=kind, scope__in=rows.order_by().values("pk"))
    return within


def _readable_grants(viewer: Person | None) -> "QuerySet[RoleGrant]":
    return RoleGrant.objects.filter(_grants_within(reach_of(viewer, Permission.TEAM_READ)))


def _withdrawable_grants(viewer: Person | None) -> "QuerySet[RoleGrant]":
    within = Q(pk__in=[])
    for code, reach in grantable(viewer).items():
        within |= Q(role=code) & _grants_within(reach)
    return RoleGrant.objects.filter(within)


def _is_among(persons: "QuerySet[Person]", field: str) -> Exists:
    """The condition that the person at `field` is one of these, asked of each row: a list of all the persons of a
    programme would be made anew for each page."""
    return Exists(persons.order_by().filter(pk=OuterRef(field)))


def _readable_guardianships(viewer: Person | None) -> "QuerySet[Guardianship]":
    return Guardianship.objects.filter(_is_among(_readable_persons(viewer), "person"))


def _checkable_guardianships(viewer: Person | None) -> "QuerySet[Guardianship]":
    """Nobody checks her own guardian."""
    reached = _persons_reached(reach_of(viewer, Permission.GUARDIAN_CHECK))
    return Guardianship.objects.filter(_is_among(reached, "person")).exclude(person=viewer)


readable_guardianships: Rule[Person | None, Guardianship] = Rule(_readable_guardianships)
checkable_guardianships: Rule[Person | None, Guardianship] = Rule(_checkable_guardianships)


def _own_views(viewer: Person | None) -> "QuerySet[SavedView]":
    return SavedView.objects.filter(person=viewer) if viewer else SavedView.objects.none()


def _visible_views(viewer: Person | None) -> "QuerySet[SavedView]":
    """Her own, and what others share: which filters they use, never rows."""
    if viewer is None:
        return SavedView.objects.none()
    return SavedView.objects.filter(Q(person=viewer) | Q(shared_at__isnull=False))


own_views: Rule[Person | None, SavedView] = Rule(_own_views)
visible_views: Rule[Person | None, SavedView] = Rule(_visible_views)


def _own_imports(viewer: Person | None) -> "QuerySet[PeopleImport]":
    """A list is for whoever uploaded it, as long as she may bring people in."""
    if viewer is None or not scopes_with(viewer, Permission.PERSON_IMPORT):
        return PeopleImport.objects.none()
    return PeopleImport.objects.filter(by=viewer)


def _helped_with_phones(viewer: Person | None) -> "QuerySet[Person]":
    """Whom she may give a start PIN and whose phones she may cut off: within her reach, and nobody who holds a role
    herself, unless the viewer's reach is everything: a PIN must not lead to more than its giver may."""
    reach = reach_of(viewer, Permission.PHONE_HELP)
    if reach.everything:
        return Person.objects.all()
    team = RoleGrant.objects.filter(withdrawn_at=None).values("person")
    return _persons_reached(reach).exclude(pk__in=team)


def _revocable_devices(viewer: Person | None) -> "QuerySet[PersonDevice]":
    if viewer is None:
        return PersonDevice.objects.none()
    return PersonDevice.objects.filter(Q(person=viewer) | Q(person__in=_helped_with_phones(viewer)))


def _revocable_cards(viewer: Person | None) -> "QuerySet[Card]":
    if viewer is None:
        return Card.objects.none()
    return Card.objects.filter(Q(person=viewer) | Q(person__in=_helped_with_phones(viewer)))


def _decidable_pairs(viewer: Person | None) -> "QuerySet[DuplicatePair]":
    """Both must be hers to merge: half a pair says too much of somebody."""
    reached = mergeable_persons.which(viewer)
    return DuplicatePair.objects.filter(_is_among(reached, "first"), _is_among(reached, "second"))


def _undoable_merges(viewer: Person | None) -> "QuerySet[Merge]":
    return Merge.objects.filter(kept__in=mergeable_persons.which(viewer).order_by().values("pk"))


mergeable_persons: Rule[Person | None, Person] = persons_with(Permission.PERSON_MERGE)
decidable_pairs: Rule[Person | None, DuplicatePair] = Rule(_decidable_pairs)
undoable_merges: Rule[Person | None, Merge] = Rule(_undoable_merges)
revocable_cards: Rule[Person | None, Card] = Rule(_revocable_cards)
helped_with_phones: Rule[Person | None, Person] = Rule(_helped_with_phones)
revocable_devices: Rule[Person | None, PersonDevice] = Rule(_revocable_devices)
own_imports: Rule[Person | None, PeopleImport] = Rule(_own_imports)
read_person: Rule[Person | None, Person] = Rule(_readable_persons)
readable_grants: Rule[Person | None, RoleGrant] = Rule(_readable_grants)
withdrawable_grants: Rule[Person | None, RoleGrant] = Rule(_withdrawable_grants)
