"""What travels beside the observations of a trainer's phone: a session's words, a walk-in's names, why somebody was
excused. The journal may hold none of them; their rows are written in the transaction that takes the entries in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from trenza.apps.sessions.events import AttendanceMarked, SessionOpened, WalkInCaptured
from trenza.apps.sessions.heads import REASONS
from trenza.apps.sessions.models import ExcusedReason, Session, SessionTrainer, WalkIn
from trenza.core import clock
from trenza.core.journal import Line, attachment


class Words(msgspec.Struct, array_like=True, frozen=True):
    """Of a session that began without a signal."""

    title: str = ""
    place: str = ""
    time_zone: str = "UTC"


class Names(msgspec.Struct, array_like=True, frozen=True):
    """Of a walk-in, with the number of the card that she was handed."""

    given_name: str = ""
    family_name: str = ""
    card: str = ""


B = TypeVar("B", Words, Names)
Attached = Sequence[tuple[Line, bytes]]


def write(said: Words | Names) -> bytes:
    """As it travels."""
    return msgspec.msgpack.encode(said)


def register() -> None:
    """Register with the journal."""
    attachment(SessionOpened, write_sessions)
    attachment(WalkInCaptured, write_walk_ins)
    attachment(AttendanceMarked, write_reasons)


def write_sessions(attached: Attached) -> None:
    """A session is made by whoever opens it first, who gives it from then on. Three queries."""
    now = clock.now()
    opened = {}
    for line, said in attached:
        event = line.event
        if isinstance(event, SessionOpened):
            words = _read(said, Words)
            opened[event.session, line.by] = Session(
                pk=event.session,
                edition_id=event.edition,
                track_id=event.track,
                kind=event.kind,
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
            SessionTrainer(session_id=row.pk, person_id=row.opened_by_id, added_at=now, added_by_id=row.opened_by_id)
            for row in rows
            if row.opened_by_id is not None and openers.get(row.pk) == row.opened_by_id
        ],
        ignore_conflicts=True,
    )


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


def write_reasons(attached: Attached) -> None:
    """Beside the marks that excuse. One query."""
    rows = []
    for line, said in attached:
        reason = said.decode(errors="replace")
        excuses = isinstance(line.event, AttendanceMarked) and line.event.mark == "excused"
        if excuses and reason and reason in REASONS and line.person and line.device and line.sequence:
            rows.append(ExcusedReason(device=line.device, sequence=line.sequence, person=line.person, reason=reason))
    ExcusedReason.objects.bulk_create(rows, ignore_conflicts=True)


def _read(said: bytes, what: type[B]) -> B:
    """Empty where a hub passed on the entry alone, or for what nobody of ours wrote."""
    try:
        return msgspec.msgpack.decode(said, type=what) if said else what()
    except (msgspec.MsgspecError, ValueError):
        return what()
