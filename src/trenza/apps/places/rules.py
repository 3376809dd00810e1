"""Who may see a centre and what is its own, and who keeps it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.people.api import Permission, Person, persons_with, reach_of
from trenza.apps.places.models import Centre, Equipment, Loan, Member, Visit, Voucher
from trenza.apps.places.scopes import centres_within
from trenza.core import clock
from trenza.core.access import Rule
from trenza.core.errors import NotAllowed

CODE_SHOWN: Final = timedelta(days=1)


def _readable(viewer: Person | None) -> QuerySet[Centre]:
    return centres_within(reach_of(viewer, Permission.PLACE_READ))


def _kept(viewer: Person | None) -> QuerySet[Centre]:
    return centres_within(reach_of(viewer, Permission.PLACE_KEEP))


def _kept_equipment(viewer: Person | None) -> QuerySet[Equipment]:
    return Equipment.objects.filter(centre__in=_kept(viewer).order_by().values("pk"))


def _kept_loans(viewer: Person | None) -> QuerySet[Loan]:
    return Loan.objects.filter(equipment__centre__in=_kept(viewer).order_by().values("pk"))


def _kept_visits(viewer: Person | None) -> QuerySet[Visit]:
    return Visit.objects.filter(centre__in=_kept(viewer).order_by().values("pk"))


def _kept_members(viewer: Person | None) -> QuerySet[Member]:
    return Member.objects.filter(centre__in=_kept(viewer).order_by().values("pk"))


def _shown_vouchers(viewer: Person | None) -> QuerySet[Voucher]:
    """The code is shown to whoever gave it, as long as she keeps the centre, for a day: to say it once more."""
    if viewer is None:
        return Voucher.objects.none()
    recent = Voucher.objects.filter(given_by=viewer, given_at__gt=clock.now() - CODE_SHOWN)
    return recent.filter(centre__in=_kept(viewer).order_by().values("pk"))


read_centre: Rule[Person | None, Centre] = Rule(_readable)
keep_centre: Rule[Person | None, Centre] = Rule(_kept)
# Who may give it a hub: everything about its people that a hub has goes there.
keep_hub: Rule[Person | None, Centre] = Rule(lambda viewer: centres_within(reach_of(viewer, Permission.HUB_KEEP)))
kept_equipment: Rule[Person | None, Equipment] = Rule(_kept_equipment)
kept_loans: Rule[Person | None, Loan] = Rule(_kept_loans)
kept_visits: Rule[Person | None, Visit] = Rule(_kept_visits)
kept_members: Rule[Person | None, Member] = Rule(_kept_members)
shown_vouchers: Rule[Person | None, Voucher] = Rule(_shown_vouchers)
# Whom she may lend to, give to or note: everybody within the scopes in which she keeps centres.
guests: Rule[Person | None, Person] = persons_with(Permission.PLACE_KEEP)


def require_keeper(by: Person | None, centre: UUID) -> None:
    """Raises NotAllowed for whoever does not keep this centre; None is the command line."""
    if by is not None and not _kept(by).filter(pk=centre).exists():
        raise NotAllowed


def require_guest(by: Person | None, person: Person) -> None:
    """Raises NotAllowed where this person is none of those whom she may see there."""
    if by is not None:
        guests.require(by, person)
