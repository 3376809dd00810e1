"""A centre is a scope of roles, and lies within whatever an app above says (`register_holder`).

A centre names its region and organisation by codes; what they mean knows programmes, which registers the condition.
So a role in a region reaches the centres there. They are looked for where somebody asks about centres, and not each
time that a scope is expanded.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people.api import Reach, Scope, register_persons_within, register_scope, register_scopes_within
from trenza.apps.places.models import Centre, Loan, Member, Visit

Holds = Callable[[Reach], Q]
_holders: dict[str, Holds] = {}


def register_holder(name: str, holds: Holds) -> None:
    """Register which centres lie within a reach, as a condition on centres: those that are named by code."""
    if name in _holders:
        raise ValueError(f"{name} registers its centres twice")
    _holders[name] = holds


def centres_within(reach: Reach) -> QuerySet[Centre]:
    """The centres that a reach covers. Evaluates nothing."""
    within = reach.q(centre="pk")
    if not reach.everything and reach.by_kind:
        for holds in _holders.values():
            within |= holds(reach)
    return Centre.objects.filter(within)


def register() -> None:
    """Nothing lies within a centre. Whoever comes to one, or borrowed something, is of those whom its team sees."""
    register_scope("centre", contains=_nothing)
    register_scopes_within("centre", centres_within)
    register_persons_within("places.visits", _visited)
    register_persons_within("places.loans", _borrowed)
    register_persons_within("places.members", _members)


def _nothing(_: UUID) -> list[Scope]:
    return []


def _visited(reach: Reach) -> QuerySet[Any]:
    visits = Visit.objects.filter(person__isnull=False, taken_back_at=None)
    return visits.filter(centre__in=centres_within(reach).order_by().values("pk"))


def _borrowed(reach: Reach) -> QuerySet[Any]:
    return Loan.objects.filter(equipment__centre__in=centres_within(reach).order_by().values("pk"))


def _members(reach: Reach) -> QuerySet[Any]:
    standing = Member.objects.filter(ended_at=None)
    return standing.filter(centre__in=centres_within(reach).order_by().values("pk"))
