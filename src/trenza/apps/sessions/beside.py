"""What travels beside the observations of a trainer's phone: a session's words, a walk-in's names, why somebody was
excused. The journal may hold none of them; their rows are written in the transaction that takes the entries in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from trenza.apps.sessions.events import AttendanceMarked, SessionOpened, WalkInCaptured
from trenza.apps.sessions.heads import REASONS
from trenza.apps.sessions.models import ExcusedReason, Session, SessionTrainer, WalkIn, Workshop
from trenza.core import clock, ids
from trenza.core.journal import Line, attachment


class Words(msgspec.Struct, array_like=True, frozen=True):
    """Of a session that began without a signal; and which workshop of the definition it is, where it is one."""

    title: str = ""
    place: str = ""
    time_zone: str = "UTC"
    workshop: UUID | None = None
    capacity: int | None = None


class Names(msgspec.Struct, array_like=True, frozen=True):
    """Of a walk-in, with the number of the card that she was handed."""

    given_name: str = ""
    family_name: str = ""
    card: str = ""


MOST_PLACES: Final = 10_000
_MARK: Final = ("device", "sequence")
B = TypeVar("B", Words, Names)
Attached = Sequence[tuple[Line, bytes]]


def write(said: Words | Names) -> bytes:
    """As it travels."""
    return msgspec.msgpack.encode(said)


def opener_row(session: UUID, person: UUID) -> UUID:
    """The id of the row that says that whoever opened a session gives it: the same on a hub and at its cell."""
    return ids.named_id("sessions.opener", session.hex, person.hex)


def register() -> None:
    """Register with the journal."""
    attachment(SessionOpened, write_sessions, read_sessions)
    attachment(WalkInCaptured, write_walk_ins, read_walk_ins)
    attachment(AttendanceMarked, write_reasons, read_reasons)


def write_sessions(attached: Attached) -> None:
    """A session is made by whoever opens it first, who gives it from then on. Four queries."""
    now = clock.now()
    opened = {}
    said_of = [(line, _read(said, Words)) for line, said in attached]
    workshops = dict(
        Workshop.objects.filter(pk__in={words.workshop for _, words in said_of}).values_list("pk", "edition")
    )
    for line, words in said_of:
        event = line.event
        if isinstance(event, SessionOpened):
            of_definition = (
                event.kind == "workshop"
                and words.workshop is not None
                and workshops.get(words.workshop) == event.edition
            )
            opened[event.session, line.by] = Session(
                pk=event.session,
                edition_id=event.edition,
                track_id=event.track,
                kind=event.kind,
                workshop_id=words.workshop if of_definition else None,
                capacity=words.capacity if words.capacity and 0 < words.capacity < MOST_PLACES else None,
                title=words.title,
                place=words.place,
                centre=event.centre,
                time_zone=words.time_zone,
                starts_at=datetime.fromtimestamp(event.starts_at, UTC),
                minutes=event.minutes,
                opened_at=now,
                opened_by_id=line.by,
            )
    rows = [opened[key] for key in sorted(opened, key=str)]
    Session.objects.bulk_create(rows, ignore_conflicts=True)
    openers = dict(Session.objects.filter(pk__in={row.pk for row in rows}).values_list("pk", "opened_by"))
    SessionTrainer.objects.bulk_create(
        [
            SessionTrainer(
                pk=opener_row(row.pk, row.opened_by_id),
                session_id=row.pk,
                person_id=row.opened_by_id,
                added_at=now,
                added_by_id=row.opened_by_id,
            )
            for row in rows
            if row.opened_by_id is not None and openers.get(row.pk) == row.opened_by_id
        ],
        ignore_conflicts=True,
    )


def read_sessions(lines: Sequence[Line]) -> list[bytes]:
    """The words of the sessions that these opened. One query."""
    named = [line.event.session for line in lines if isinstance(line.event, SessionOpened)]
    rows = Session.objects.filter(pk__in=named)
    fields = ("pk", "title", "place", "time_zone", "workshop", "capacity")
    words = {pk: write(Words(*said)) for pk, *said in rows.values_list(*fields)}
    return [words.get(session, b"") for session in named]


def write_walk_ins(attached: Attached) -> None:
    """Waiting, until the authority has seen to her. One query."""
    rows = {}
    for line, said in attached:
        event = line.event
        if isinstance(event, WalkInCaptured) and line.by is not None:
            names = _read(said, Names)
            rows[event.walk_in] = WalkIn(
                pk=event.walk_in,
                session_id=event.session,
                given_name=names.given_name,
                family_name=names.family_name,
                region=event.region or "",
                age_band=event.age_band or "",
                card=names.card[:8],
                captured_by_id=line.by,
                captured_at=clock.now(),
            )
    WalkIn.objects.bulk_create([rows[key] for key in sorted(rows)], ignore_conflicts=True)


def read_walk_ins(lines: Sequence[Line]) -> list[bytes]:
    """The names of whom these captured. One query."""
    named = [line.event.walk_in for line in lines if isinstance(line.event, WalkInCaptured)]
    rows = WalkIn.objects.filter(pk__in=named).values_list("pk", "given_name", "family_name", "card")
    names = {pk: write(Names(*said)) for pk, *said in rows}
    return [names.get(walk_in, b"") for walk_in in named]


def write_reasons(attached: Attached) -> None:
    """Beside the marks that excuse. One query."""
    rows = []
    for line, said in attached:
        reason = said.decode(errors="replace")
        excuses = isinstance(line.event, AttendanceMarked) and line.event.mark == "excused"
        if excuses and reason and reason in REASONS and line.person and line.device and line.sequence:
            rows.append(ExcusedReason(device=line.device, sequence=line.sequence, person=line.person, reason=reason))
    ExcusedReason.objects.bulk_create(rows, ignore_conflicts=True)


def read_reasons(lines: Sequence[Line]) -> list[bytes]:
    """Why these excused somebody. One query."""
    rows = ExcusedReason.objects.filter(
        device__in={line.device for line in lines}, sequence__in={line.sequence for line in lines}
    )
    reasons = {(device, sequence): reason.encode() for device, sequence, reason in rows.values_list(*_MARK, "reason")}
    return [reasons.get((line.device, line.sequence), b"") for line in lines]


def _read(said: bytes, what: type[B]) -> B:
    """Empty where a hub passed on the entry alone, or for what nobody of ours wrote."""
    try:
        return msgspec.msgpack.decode(said, type=what) if said else what()
    except (msgspec.MsgspecError, ValueError):
        return what()
