"""Write down that somebody tried to reach a woman whom she accompanies."""

from datetime import UTC, date, timedelta
from typing import Final, cast
from uuid import UUID

from trenza.apps.accompaniment import events, rules
from trenza.apps.accompaniment.errors import NothingWritten, WrongDay
from trenza.apps.accompaniment.events import ContactAttempted
from trenza.apps.accompaniment.models import Attempt, AttemptNote, Channel, Outcome
from trenza.apps.accompaniment.models.attempt import LONGEST_NOTE
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record, take_identities

PAGES: Final = "accompaniment.pages"
FURTHEST: Final = timedelta(days=90)
"""So far ahead a call may be promised."""
TWICE: Final = timedelta(minutes=2)
"""The same within so short a time was one tap too many."""


@action
def record_attempt(
    *, person: UUID, channel: str, outcome: str, call_back_on: date | None = None, note: str = "", by: Person
) -> bool:
    """Write down how `by` tried to reach this person and what came of it; False if she did so a moment ago.

    Raises:
        NotAllowed: she does not accompany this person.
        WrongDay: a call back without a day, or on one that is past or too far away; or a day and no call back.
        NothingWritten: the note is too long.
        ValueError: no such channel or outcome.
    """
    said = Channel(channel).value, Outcome(outcome).value
    _check_day(said[1], call_back_on)
    if len(note) > LONGEST_NOTE:
        raise NothingWritten
    enrolment, edition = _enrolment(person, by)
    [(device, sequence)] = take_identities(PAGES, 1)
    recent = Attempt.objects.filter(person=person, by=by.pk, moment__gt=clock.now() - TWICE)
    if recent.filter(channel=said[0], outcome=said[1], call_back_on=call_back_on).exists():
        return False
    event = ContactAttempted(
        enrolment=enrolment,
        channel=cast("events.Channel", said[0]),
        outcome=cast("events.Outcome", said[1]),
        call_back_on=call_back_on,
    )
    record(event, by=by.pk, about=person, edition=edition, identity=(device, sequence))
    if note.strip():
        AttemptNote.objects.create(device=device, sequence=sequence, person=person, text=note.strip())
    return True


def _check_day(outcome: str, day: date | None) -> None:
    """Days are those of the trainer, whose zone may be behind UTC."""
    if (outcome == Outcome.CALL_BACK) != (day is not None):
        raise WrongDay
    today = clock.now().astimezone(UTC).date()
    if day is not None and not today - timedelta(days=1) <= day <= today + FURTHEST:
        raise WrongDay


def _enrolment(person: UUID, by: Person) -> tuple[UUID, UUID]:
    """Her newest enrolment that `by` accompanies, one that is active first, and its edition."""
    rows = rules.accompanied_enrolments.which(by).filter(person=person).order_by("-enrolled_at", "-id")
    found: list[tuple[UUID, UUID, str]] = list(rows.values_list("pk", "edition", "state"))
    if not found:
        raise NotAllowed
    enrolment, edition, _ = min(found, key=lambda each: each[2] != Enrolment.State.ACTIVE)
    return enrolment, edition
