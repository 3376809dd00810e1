"""Scopes: where a role holds, and what lies within them.

A grant names a scope by kind and id. The app that owns a kind registers, with `register_scope`, what lies directly
within one of its scopes; `reach_of` follows that down, so that a grant on an organisation reaches the editions of its
programmes without people knowing what an edition is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people.models import Person, RoleGrant
from trenza.apps.people.roles import ROLES, Permission, roles_with


class Scope(NamedTuple):
    """A kind of RoleGrant.ScopeKind and the id of the row; `all` has none."""

    kind: str
    id: UUID | None = None


EVERYTHING = Scope("all")

Contains = Callable[[UUID], Iterable[Scope]]
_contains: dict[str, Contains] = {}
Within = Callable[["Reach"], "QuerySet[Any]"]
_within: dict[str, Within] = {}


def register_scope(kind: str, *, contains: Contains) -> None:
    """Register what lies directly within a scope of this kind: `contains(id)` gives the scopes one level down.

    Each kind has one owner. Regions that belong to a programme lie within it; whether an edition runs in a region is
    no matter of scopes.
    """
    if kind not in RoleGrant.ScopeKind.values or kind == EVERYTHING.kind:
        raise ValueError(f"{kind!r} is no kind of scope that an app can own")
    if kind in _contains:
        raise ValueError(f"the scope {kind} is registered twice")
    _contains[kind] = contains


def register_scopes_within(kind: str, rows: Within) -> None:
    """Register a kind of scope that `expand` does not list, because it is many and asked for rarely: `rows(reach)` are
    those within a reach, found in the database when somebody asks. The ids of a reach hold the granted ones alone."""
    if kind in _within:
        raise ValueError(f"the scopes {kind} are registered twice")
    _within[kind] = rows


def scopes_within(reach: "Reach") -> "dict[str, QuerySet[Any]]":
    """The rows of each kind that is found when asked for."""
    return {kind: rows(reach) for kind, rows in _within.items()}


@dataclass(frozen=True)
class Reach:
    """Everything that a permission reaches: all, or the ids of each kind of scope."""

    everything: bool = False
    by_kind: dict[str, frozenset[UUID]] = field(default_factory=dict)

    def ids(self, kind: str) -> frozenset[UUID]:
        """The ids of this kind. Empty when `everything`: ask that first."""
        return self.by_kind.get(kind, frozenset())

    def covers(self, scope: Scope) -> bool:
        """Whether all of `scope` lies within. A query for a kind that is found when asked for."""
        if self.everything or (scope.id is not None and scope.id in self.ids(scope.kind)):
            return True
        rows = _within.get(scope.kind)
        return rows is not None and scope.id is not None and rows(self).filter(pk=scope.id).exists()

    def covers_any(self, **scopes: UUID) -> bool:
        """Whether one of these scopes, by kind, lies within: `reach.covers_any(programme=…, edition=…)`."""
        return any(self.covers(Scope(kind, id)) for kind, id in scopes.items())

    def together(self, other: "Reach") -> "Reach":
        """What either reaches."""
        if self.everything or other.everything:
            return Reach(everything=True)
        return Reach(by_kind={kind: self.ids(kind) | other.ids(kind) for kind in self.by_kind | other.by_kind})

    def in_common(self, other: "Reach") -> "Reach":
        """What both reach."""
        if self.everything or other.everything:
            return other if self.everything else self
        return Reach(by_kind={kind: ids for kind in self.by_kind if (ids := self.ids(kind) & other.ids(kind))})

    def q(self, **lookups: str) -> Q:
        """The rows within, as a condition: `reach.q(edition="edition", region="edition__track__region")` names for
        each kind of scope the lookup that leads from the row to it. Nothing within, no rows."""
        if self.everything:
            return ~Q(pk__in=[])  # not Q(): that is lost when another condition is joined by |
        condition = Q(pk__in=[])
        for kind, lookup in lookups.items():
            if self.ids(kind):
                condition |= Q(**{f"{lookup}__in": self.ids(kind)})
        return condition


def scopes_with(person: Person | None, permission: Permission) -> list[Scope]:
    """The scopes in which she holds a role with this permission, as granted, in a fixed order."""
    return _granted(person, roles_with(permission))


def scopes_as(person: Person | None, role: str) -> list[Scope]:
    """The scopes in which she holds this very role (who confirms may matter more than what is permitted)."""
    return _granted(person, [role])


def permissions_of(person: Person | None) -> frozenset[Permission]:
    """All that she may do somewhere, in one query: what menus show. Where, `reach_of` says."""
    if person is None:
        return frozenset()
    codes = RoleGrant.objects.filter(person=person, withdrawn_at=None).values_list("role", flat=True)
    return frozenset(permission for code in set(codes) & ROLES.keys() for permission in ROLES[code].permissions)


def reach_of(person: Person | None, permission: Permission) -> Reach:
    """All that she reaches with this permission."""
    return expand(scopes_with(person, permission))


def reaches_of(person: Person | None) -> Mapping[Permission, Reach]:
    """All that she reaches, by permission: one query, and what it takes to expand each of her scopes once."""
    if person is None:
        return {}
    expanded: dict[Scope, Reach] = {}
    reaches: dict[Permission, Reach] = {}
    grants = RoleGrant.objects.filter(person=person, withdrawn_at=None).order_by("scope_kind", "scope", "role")
    for code, kind, scope in grants.values_list("role", "scope_kind", "scope"):
        here = Scope(kind, scope)
        if here not in expanded:
            expanded[here] = expand([here])
        for permission in ROLES[code].permissions if code in ROLES else ():
            reaches[permission] = reaches.get(permission, Reach()).together(expanded[here])
    return reaches


def expand(scopes: Collection[Scope]) -> Reach:
    """These scopes and all that lies within them."""
    if EVERYTHING in scopes:
        return Reach(everything=True)
    found: dict[str, set[UUID]] = {}
    waiting = list(scopes)
    while waiting:
        scope = waiting.pop()
        if scope.id is None or scope.id in found.setdefault(scope.kind, set()):
            continue
        found[scope.kind].add(scope.id)
        if scope.kind in _contains:
            waiting.extend(_contains[scope.kind](scope.id))
    return Reach(by_kind={kind: frozenset(ids) for kind, ids in found.items()})


def _granted(person: Person | None, roles: Collection[str]) -> list[Scope]:
    if person is None:
        return []
    grants = RoleGrant.objects.filter(person=person, role__in=roles, withdrawn_at=None)
    return sorted(
        {Scope(kind, scope) for kind, scope in grants.values_list("scope_kind", "scope")},
        key=lambda scope: (scope.kind, str(scope.id)),
    )
