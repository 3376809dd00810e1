"""What pages ask about centres."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from trenza.apps.places.models import Centre, Equipment, Loan, Member, OpeningHours, Visit, VoucherBatch
from trenza.core import clock

WITHIN: Final = timedelta(days=183)


def open_centres() -> QuerySet[Centre]:
    """Those that have not been closed, with their hours, by country and name. Two queries."""
    return Centre.objects.filter(closed_at=None).prefetch_related("hours").order_by("country", "name", "code")


def has_open_centres() -> bool:
    """Whether there is one to go to."""
    return Centre.objects.filter(closed_at=None).exists()


def hours_of(centre: Centre) -> list[OpeningHours]:
    """When it is open, from Monday on."""
    return list(centre.hours.all())


def late_loans(centres: QuerySet[Centre]) -> int:
    """How many things of these centres are late, each by the time where it is. One query."""
    tomorrow = clock.now().date() + timedelta(days=1)  # no place is further ahead
    loans = Loan.objects.filter(equipment__centre__in=centres.order_by().values("pk"), returned_at=None)
    rows = loans.filter(due_on__lt=tomorrow).order_by().values_list("equipment__centre__time_zone", "due_on")
    return sum(n for zone, due_on, n in rows.annotate(n=Count("pk")) if due_on < clock.today(zone))


def equipment_of(centre: Centre) -> QuerySet[Equipment]:
    """What it has, by code."""
    return centre.equipment.filter(retired_at=None).order_by("code")


class Lent(NamedTuple):
    """A thing that somebody has, and whether it is late today, where the centre is."""

    loan: Loan
    late: bool


def lent_by(centre: Centre) -> list[Lent]:
    """What is with people, what is late first. One query."""
    today = clock.today(centre.time_zone)
    loans = Loan.objects.filter(equipment__centre=centre, returned_at=None).select_related("equipment", "person")
    return [Lent(loan, loan.due_on < today) for loan in loans.order_by("due_on", "equipment__code")]


class Stock(NamedTuple):
    """A batch and how many of its vouchers nobody has yet."""

    batch: VoucherBatch
    left: int


def stock_of(centre: Centre) -> list[Stock]:
    """The batches of a centre that have some left, in the order in which they are given. One query."""
    batches = centre.voucher_batches.annotate(left=Count("vouchers", filter=Q(vouchers__given_at=None)))
    return [Stock(batch, batch.left) for batch in batches.filter(left__gt=0).order_by("pk")]


def centres_of(person: UUID) -> list[UUID]:
    """The centres to which she comes, the newest first; then those where she was noted within half a year, by the day
    on which she was there last. Two queries."""
    members = Member.objects.filter(person=person, ended_at=None).order_by("-added_at", "-id")
    since = clock.now().date() - WITHIN
    visits = Visit.objects.filter(person=person, taken_back_at=None, day__gte=since).order_by()
    visited = visits.values("centre").annotate(last=Max("day")).order_by("-last", "centre")
    return list(dict.fromkeys([*members.values_list("centre", flat=True), *visited.values_list("centre", flat=True)]))


class DayOfVisits(NamedTuple):
    """How many came on a day, by purpose."""

    day: date
    total: int
    purposes: dict[str, int]


def visits_by_day(centre: Centre, *, days: int = 14) -> list[DayOfVisits]:
    """How many came on each of the last days on which somebody did, the newest first. One query."""
    since = clock.today(centre.time_zone) - timedelta(days=days - 1)
    rows = centre.visits.filter(day__gte=since, taken_back_at=None).order_by("-day", "purpose")
    by_day: dict[date, dict[str, int]] = {}
    for day, purpose, count in rows.values_list("day", "purpose").annotate(all=Sum("count")):
        by_day.setdefault(day, {})[purpose] = count
    return [DayOfVisits(day, sum(purposes.values()), purposes) for day, purposes in by_day.items()]


def latest_visits(centre: Centre, limit: int) -> list[Visit]:
    """What was noted last, as one takes it back."""
    return list(centre.visits.filter(taken_back_at=None).select_related("person").order_by("-noted_at", "-id")[:limit])


def members_of(centre: Centre) -> QuerySet[Member]:
    """Who comes there, by name."""
    standing = Member.objects.filter(centre=centre, ended_at=None)
    return standing.select_related("person").order_by("person__search_text", "id")


def members_by_centre(centres: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The ids of who comes to each of these centres. One query."""
    found: dict[UUID, set[UUID]] = {centre: set() for centre in centres}
    standing = Member.objects.filter(centre__in=centres, ended_at=None)
    for centre, person in standing.values_list("centre", "person"):
        found[centre].add(person)
    return found


class Figures(NamedTuple):
    """What a list says of a centre."""

    equipment: int = 0
    lent: int = 0
    late: int = 0
    vouchers: int = 0
    last_visit: date | None = None


def figures_of(centres: Sequence[Centre]) -> dict[UUID, Figures]:
    """For each of these centres. Four queries, however many they are."""
    keys = [centre.pk for centre in centres]
    equipment = _counted(Equipment.objects.filter(centre__in=keys, retired_at=None).values_list("centre"))
    vouchers = _counted(
        VoucherBatch.objects.filter(centre__in=keys, vouchers__given_at=None).order_by().values_list("centre")
    )
    open_loans = Loan.objects.filter(equipment__centre__in=keys, returned_at=None).order_by()
    today = {centre.pk: clock.today(centre.time_zone) for centre in centres}
    lent: dict[UUID, int] = {}
    late: dict[UUID, int] = {}
    for centre, due_on, count in open_loans.values_list("equipment__centre", "due_on").annotate(n=Count("pk")):
        lent[centre] = lent.get(centre, 0) + count
        late[centre] = late.get(centre, 0) + (count if due_on < today[centre] else 0)
    seen = Visit.objects.filter(centre__in=keys, taken_back_at=None).order_by().values_list("centre")
    last = dict(seen.annotate(last=Max("day")))
    return {
        key: Figures(equipment.get(key, 0), lent.get(key, 0), late.get(key, 0), vouchers.get(key, 0), last.get(key))
        for key in keys
    }


def _counted(rows: "QuerySet[Any, tuple[UUID]]") -> dict[UUID, int]:
    return dict(rows.order_by().annotate(n=Count("*")))
