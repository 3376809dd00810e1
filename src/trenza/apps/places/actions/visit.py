"""Note who came to a centre."""

from datetime import date, timedelta
from typing import Final

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.actions.held import held_open_centre
from trenza.apps.places.errors import AlreadyNoted, AlreadyTakenBack, NotWritten, TooMany, WrongDay
from trenza.apps.places.events import VisitNoted, VisitTakenBack
from trenza.apps.places.models import Centre, Visit
from trenza.core import clock
from trenza.core.journal import action, record

MOST_AT_ONCE: Final = 500
LATEST_NOTE: Final = timedelta(days=62)
"""How long afterwards a visit may still be noted."""


@action
def note_visit(*, centre: Centre, person: Person, day: date, purpose: str, by: Person | None) -> Visit:
    """Note that somebody came, for a purpose, on a day in the centre's time.

    Raises:
        NotAllowed: `by` does not keep the centre, or this person is none of those whom she may see there.
        Closed, AlreadyNoted: see there.
        NotWritten: no such purpose.
        WrongDay: it has not come yet, or is more than two months past.
    """
    held = held_open_centre(centre.pk, by=by)
    rules.require_guest(by, person)
    standing = Visit.objects.filter(centre=held, day=day, purpose=purpose, person=person, taken_back_at=None)
    if standing.exists():
        raise AlreadyNoted
    return _note(held, day, purpose, person=person, count=1, by=by)


@action
def note_visits(*, centre: Centre, count: int, day: date, purpose: str, by: Person | None) -> Visit:
    """Note that so many women came whose names nobody asked.

    Raises:
        NotAllowed: `by` does not keep the centre.
        Closed: it has been closed.
        NotWritten: nobody came, or no such purpose.
        TooMany: more than five hundred at once.
        WrongDay: as `note_visit`.
    """
    held = held_open_centre(centre.pk, by=by)
    if count < 1:
        raise NotWritten
    if count > MOST_AT_ONCE:
        raise TooMany(MOST_AT_ONCE)
    return _note(held, day, purpose, person=None, count=count, by=by)


@action
def take_back_visit(*, visit: Visit, by: Person | None) -> Visit:
    """It was noted by mistake: it no longer counts.

    Raises:
        NotAllowed: `by` does not keep the centre.
        AlreadyTakenBack: it was before.
    """
    rules.require_keeper(by, visit.centre_id)
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.taken_back_at is not None:
        raise AlreadyTakenBack
    held.taken_back_at, held.taken_back_by = clock.now(), by
    held.save(update_fields=["taken_back_at", "taken_back_by"])
    record(VisitTakenBack(centre=held.centre_id, visit=held.pk), by=by.pk if by else None, about=held.person_id)
    return held


def _note(centre: Centre, day: date, purpose: str, *, person: Person | None, count: int, by: Person | None) -> Visit:
    if purpose not in Visit.Purpose.values:
        raise NotWritten
    today = clock.today(centre.time_zone)
    if not today - LATEST_NOTE <= day <= today:
        raise WrongDay
    visit = Visit.objects.create(
        centre=centre, day=day, purpose=purpose, person=person, count=count, noted_at=clock.now(), noted_by=by
    )
    record(
        VisitNoted(centre=centre.pk, visit=visit.pk, day=day, purpose=purpose, count=count),
        by=by.pk if by else None,
        about=person.pk if person else None,
    )
    return visit
