"""Open a centre, change it, say when it is open, close it."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.actions.held import held_centre, held_open_centre
from trenza.apps.places.errors import (
    CodeTaken,
    HoursBackwards,
    HoursOverlap,
    NotClosed,
    NotOnEarth,
    NotWritten,
    OutOfReach,
    StillLent,
    TooMany,
    UnknownTimeZone,
)
from trenza.apps.places.events import (
    CentreChanged,
    CentreClosed,
    CentreOpened,
    CentreReopened,
    OpeningHoursSet,
)
from trenza.apps.places.models import Centre, Loan, OpeningHours
from trenza.core import clock
from trenza.core.journal import action, record

MOST_TIMES_A_DAY: Final = 2
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class CentreDetails:
    """What is said of a centre when it is opened or changed: the fields of `Centre` of these names."""

    code: str
    name: str
    country: str
    time_zone: str
    organisation: str = ""
    region: str = ""
    municipality: str = ""
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    wifi_name: str = ""
    note: str = ""


class Hours(NamedTuple):
    """Open on this day of the week (0 is Monday) from then to then."""

    weekday: int
    opens: time
    closes: time


@action
def open_centre(*, details: CentreDetails, by: Person | None) -> Centre:
    """Open a centre. `by=None` is the command line.

    Raises:
        NotWritten, UnknownTimeZone, NotOnEarth: see there.
        CodeTaken: another centre has this code, also if it has been closed.
        OutOfReach: it would not lie within the scope in which she keeps centres.
    """
    _ensure_sound(details)
    if Centre.objects.filter(code=details.code).exists():
        raise CodeTaken
    centre = Centre(**asdict(details), opened_at=clock.now(), opened_by=by)
    _write(centre, by)
    record(CentreOpened(centre=centre.pk), by=by.pk if by else None, about=None)
    return centre


@action
def change_centre(*, centre: Centre, details: CentreDetails, by: Person | None) -> Centre:
    """Say other things of it. Nothing is recorded where nothing is other.

    Raises:
        NotAllowed: `by` does not keep it.
        NotWritten, UnknownTimeZone, NotOnEarth: see there.
        CodeTaken: another centre has this code.
        OutOfReach: it would no longer lie within her scope.
    """
    held = held_centre(centre.pk, by=by)
    _ensure_sound(details)
    if Centre.objects.filter(code=details.code).exclude(pk=held.pk).exists():
        raise CodeTaken
    changed = [name for name, value in asdict(details).items() if getattr(held, name) != value]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, getattr(details, name))
    _write(held, by)
    record(CentreChanged(centre=held.pk, fields=changed), by=by.pk if by else None, about=None)
    return held


@action
def set_opening_hours(*, centre: Centre, hours: Collection[Hours], by: Person | None) -> list[OpeningHours]:
    """Say when it is open in a week, all at once; none means that nobody has said.

    Raises:
        NotAllowed: `by` does not keep it.
        Closed: it has been closed.
        HoursBackwards, HoursOverlap: see there.
        TooMany: more than twice on one day.
    """
    held = held_open_centre(centre.pk, by=by)
    _ensure_hours(hours)
    standing = {Hours(*each) for each in held.hours.values_list("weekday", "opens", "closes")}
    if standing != set(hours):
        held.hours.all().delete()
        OpeningHours.objects.bulk_create([OpeningHours(centre=held, **each._asdict()) for each in sorted(hours)])
        record(OpeningHoursSet(centre=held.pk, hours=len(hours)), by=by.pk if by else None, about=None)
    return list(held.hours.all())


@action
def close_centre(*, centre: Centre, by: Person | None) -> Centre:
    """Close it for good: it leaves the public list, and nothing is lent, given or noted there any more.

    Raises:
        NotAllowed: `by` does not keep it.
        Closed: it was closed before.
        StillLent: things of it are with people.
    """
    held = held_open_centre(centre.pk, by=by)
    lent = Loan.objects.filter(equipment__centre=held, returned_at=None).count()
    if lent:
        raise StillLent(lent)
    held.closed_at, held.closed_by = clock.now(), by
    held.save(update_fields=["closed_at", "closed_by"])
    record(CentreClosed(centre=held.pk), by=by.pk if by else None, about=None)
    return held


@action
def reopen_centre(*, centre: Centre, by: Person | None) -> Centre:
    """Open it again, as it was.

    Raises:
        NotAllowed: `by` does not keep it.
        NotClosed: it is open.
    """
    held = held_centre(centre.pk, by=by)
    if held.is_open:
        raise NotClosed
    held.closed_at = held.closed_by = None
    held.save(update_fields=["closed_at", "closed_by"])
    record(CentreReopened(centre=held.pk), by=by.pk if by else None, about=None)
    return held


def _ensure_sound(details: CentreDetails) -> None:
    if not details.name.strip() or not _CODE.fullmatch(details.code):
        raise NotWritten
    if details.time_zone not in available_timezones():
        raise UnknownTimeZone
    if (details.latitude is None) != (details.longitude is None):
        raise NotOnEarth
    for degrees, most in ((details.latitude, 90), (details.longitude, 180)):
        if degrees is not None and not (degrees.is_finite() and abs(degrees) <= most):
            raise NotOnEarth


def _write(centre: Centre, by: Person | None) -> None:
    """Save it, if it then lies within the scope of whoever does so."""
    try:
        centre.clean_fields(exclude=["opened_by", "closed_by"])
    except ValidationError as error:
        raise NotWritten from error
    try:
        with transaction.atomic():
            centre.save()
    except IntegrityError as error:  # somebody took the code at the same moment
        raise CodeTaken from error
    if by is not None and not rules.keep_centre.allows(by, centre):
        raise OutOfReach


def _ensure_hours(hours: Collection[Hours]) -> None:
    by_day: dict[int, list[Hours]] = {}
    for each in sorted(hours):
        if each.weekday not in range(7) or each.opens >= each.closes:
            raise HoursBackwards(each.weekday)
        by_day.setdefault(each.weekday, []).append(each)
    for weekday, times in by_day.items():
        if len(times) > MOST_TIMES_A_DAY:
            raise TooMany(MOST_TIMES_A_DAY)
        if any(later.opens < earlier.closes for earlier, later in pairwise(times)):
            raise HoursOverlap(weekday)
