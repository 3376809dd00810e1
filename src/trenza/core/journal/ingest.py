"""Take in what devices send: a batch of observations, each answered for itself."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from trenza.core import clock
from trenza.core.journal import engines, reading, writing
from trenza.core.journal.aliases import were_one
from trenza.core.journal.kinds import (
    MAX_DATA_BYTES,
    Decision,
    Event,
    encode,
    find,
    name_of,
)
from trenza.core.journal.lines import Line
from trenza.core.models import Device, SetAside

MAX_BATCH = 5_000
MAX_SEQUENCE = 2**53 - 1  # what JavaScript counts exactly
MAX_PAYLOAD_KEPT = 8_192
MAX_BESIDE_BYTES = 2_048
MAX_KIND_LENGTH = 80
# A clock without a battery begins in 1970, and what was done by it counts (moments.py).
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Status(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    HELD = "held"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why an entry is held or refused."""

    UNKNOWN_KIND = "unknown_kind"
    DECISION = "only_the_authority_decides"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    BAD_SEQUENCE = "bad_sequence"
    BAD_TIME = "bad_time"
    CONFLICT = "same_identity_other_content"
    NO_PERSON = "correction_without_person"


class Incoming(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An entry as a device sends it. `data` is the JSON of the event, not decoded yet."""

    device: UUID
    sequence: int
    kind: str
    data: bytes
    happened_at: datetime
    person: UUID | None = None
    by: UUID | None = None
    edition: UUID | None = None
    corrects: tuple[UUID, int] | None = None
    # What the journal may not hold (names, reasons): for the app of the kind alone (`attachment`).
    beside: bytes = b""


class Hold(msgspec.Struct, frozen=True):
    """A judge's word: keep it for a person to decide (`take_in`, `discard`); what the journal has is a duplicate."""

    reason: str


class Refusal(msgspec.Struct, frozen=True):
    """A judge's word: refuse it, unless the journal has it already. What she was right to record yesterday is a
    duplicate today, whoever she is by now."""

    reason: str


class Answer(msgspec.Struct, frozen=True):
    """What became of an entry; `reason` is set when it was held or refused."""

    status: Status
    reason: str = ""


# Why this sender may not record this entry, `Hold` where somebody must look at it first, or None.
Judge = Callable[[Incoming, Event], "str | Hold | Refusal | None"]
# New entries of a kind, each with what travelled beside it, on their way into the journal.
Attach = Callable[[Sequence[tuple[Line, bytes]]], None]
# What these entries of a kind have beside them here, in their order; b"" where there is nothing.
Attached = Callable[[Sequence[Line]], Sequence[bytes]]
_attachments: dict[type[Event], Attach] = {}
_attached: dict[type[Event], Attached] = {}

# The device as a number, whose hash is quick; that of a UUID is not.
Identity = tuple[int, int]

_ACCEPTED, _DUPLICATE = Answer(Status.ACCEPTED), Answer(Status.DUPLICATE)


def incoming(event: Event, *, device: UUID, sequence: int, happened_at: datetime, **rest: Any) -> Incoming:
    """An entry of a device made in this process (the simulator, tests)."""
    return Incoming(
        device=device,
        sequence=sequence,
        kind=name_of(event),
        data=encode(event),
        happened_at=happened_at,
        **rest,
    )


def as_incoming(line: Line) -> Incoming:
    """An entry of this journal as it is handed on."""
    return Incoming(
        device=line.device or UUID(int=0), sequence=line.sequence or 0, kind=line.kind, data=line.data,
        happened_at=line.happened_at, person=line.person, by=line.by, edition=line.edition, corrects=line.corrects,
    )  # fmt: skip


def ingest(
    batch: Sequence[Incoming],
    *,
    judge: Judge | None = None,
    device_kind: str = Device.Kind.PHONE,
) -> list[Answer]:
    """Take in a batch; the answers, in its order, hold once this returns (it has committed).

    Every entry is answered for itself: a bad one spoils none of the others and is kept with its reason.

    Raises:
        ValueError: more than `MAX_BATCH` entries.
    """
    if len(batch) > MAX_BATCH:
        raise ValueError(f"a batch holds at most {MAX_BATCH} entries; send the rest in the next one")
    answers, candidates, kept_out = _examine_all(batch, judge)
    with engines.write_turn(), transaction.atomic(durable=True):
        senders = {batch[index].device.int: batch[index].device for index, _ in candidates}
        devices = writing.ensure_devices(senders.values(), kind=device_kind)
        engines.lock_devices(senders)
        known = _known([batch[index] for index, _ in candidates], devices)
        fresh: list[Line] = []
        attached: dict[type[Event], list[tuple[Line, bytes]]] = defaultdict(list)
        for index, line in candidates:
            identity = _identity(batch[index])
            earlier = known.get(identity)
            if earlier is None and index in kept_out:
                answers[index] = kept_out[index]
            elif earlier is None:
                known[identity] = line
                fresh.append(line)
                if type(line.event) in _attachments:
                    attached[type(line.event)].append((line, batch[index].beside))
            elif _same(earlier, line):
                answers[index] = _DUPLICATE
            else:
                answers[index] = Answer(Status.REFUSED, Reason.CONFLICT)
        _set_aside((batch[index], answer) for index, answer in enumerate(answers) if answer.reason)
        for event_class, write in _attachments.items():  # in the order in which they were registered
            if event_class in attached:
                write(attached[event_class])
        if fresh:
            writing.append(fresh, devices=devices)
    return answers


def attachment(event_class: type[Event], write: Attach, read: Attached) -> None:
    """Register who writes what travels beside entries of a kind that devices send, and who reads it where a hub hands
    them on.

    `write` is called with those that are new, in the transaction that takes them in, before they are written: so a row
    stands where its entry does, once, however often it is sent. It must be set-based, and may not fail for any bytes.
    """
    if event_class in _attachments:
        raise ValueError(f"what travels beside {name_of(event_class)} is registered twice")
    _attachments[event_class], _attached[event_class] = write, read


def beside(lines: Sequence[Line]) -> list[bytes]:
    """What each of these entries has beside it, as it travels. As many queries as their apps need for each kind."""
    found = [b""] * len(lines)
    for event_class, read in _attached.items():
        places = [place for place, line in enumerate(lines) if type(line.event) is event_class]
        if places:
            for place, said in zip(places, read([lines[place] for place in places]), strict=True):
                found[place] = said
    return found


class Comparison(Enum):
    """What the journal has under the identity of an entry: nothing, the same, or something else."""

    ABSENT = "absent"
    SAME = "same"
    DIFFERENT = "different"


def compare(batch: Sequence[Incoming]) -> list[Comparison]:
    """What the journal has under the identity of each; changes nothing. What waits for somebody's look counts too."""
    possible = [entry for entry in batch if 0 < entry.sequence <= MAX_SEQUENCE]
    devices = writing.device_rows({entry.device for entry in possible})
    found = _known([entry for entry in possible if entry.device in devices], devices)
    held = _held(possible) if possible else {}
    driver = engines.driver()
    return [_compare(entry, found.get(_identity(entry)), held.get(_identity(entry)), driver) for entry in batch]


def _compare(entry: Incoming, earlier: Line | None, held: set[bytes] | None, driver: engines.Driver) -> Comparison:
    if earlier is not None:
        line = _examine(entry, driver)
        return Comparison.SAME if isinstance(line, Line) and _same(earlier, line) else Comparison.DIFFERENT
    if held is None:
        return Comparison.ABSENT
    return Comparison.SAME if _digest(msgspec.msgpack.encode(entry)) in held else Comparison.DIFFERENT


def _held(batch: Sequence[Incoming]) -> dict[Identity, set[bytes]]:
    """The digests of what is held of these devices, from the lowest to the highest sequence in the batch."""
    found: dict[Identity, set[bytes]] = defaultdict(set)
    sequences = [entry.sequence for entry in batch]
    rows = SetAside.objects.filter(
        device__in={entry.device for entry in batch},
        sequence__range=(min(sequences), max(sequences)),
        state=SetAside.State.HELD,
    )
    for device, sequence, digest in rows.values_list("device", "sequence", "digest"):
        found[device.int, sequence].add(bytes(digest))
    return dict(found)


def reconsider_held() -> int:
    """Take in the held entries whose kinds this version knows by now; how many were settled is returned.

    What a judge held waits for a person.
    """
    settled = 0
    unknown = SetAside.objects.filter(state=SetAside.State.HELD, reason=Reason.UNKNOWN_KIND)
    for row in unknown.order_by("id").iterator():
        if find(row.kind) is None:
            continue
        entry = msgspec.msgpack.decode(row.payload, type=Incoming)
        ingest([entry])
        row.delete()
        settled += 1
    return settled


def take_in(*, set_aside: int, by: UUID | None) -> Answer | None:
    """Take in an entry that was held for somebody's look: she decided (`by`). What became of it; None where there is
    none any more that is held. Twice is as once."""
    row = SetAside.objects.filter(pk=set_aside, state=SetAside.State.HELD).first()
    if row is None:
        return None
    [answer] = ingest([msgspec.msgpack.decode(row.payload, type=Incoming)])
    if answer.status in (Status.ACCEPTED, Status.DUPLICATE):
        _settle(set_aside, SetAside.State.TAKEN_IN, by)
        _forget_beside(set_aside)
    return answer


def discard(*, set_aside: int, by: UUID | None) -> bool:
    """Leave an entry out that was held for somebody's look: she decided (`by`). It stays where it is, as discarded,
    without what travelled beside it. False where there is none any more that is held."""
    if not _settle(set_aside, SetAside.State.DISCARDED, by):
        return False
    _forget_beside(set_aside)
    return True


def _settle(set_aside: int, state: SetAside.State, by: UUID | None) -> bool:
    held = SetAside.objects.filter(pk=set_aside, state=SetAside.State.HELD)
    return held.update(state=state, settled_at=clock.now(), settled_by=by) == 1


def _forget_beside(set_aside: int) -> None:
    """A name is kept no longer than it is needed: it stands in its app's row now, or is not wanted."""
    row = SetAside.objects.get(pk=set_aside)
    entry = msgspec.msgpack.decode(row.payload, type=Incoming)
    if entry.beside:
        row.payload = msgspec.msgpack.encode(msgspec.structs.replace(entry, beside=b""))
        row.save(update_fields=["payload"])


def _examine_all(
    batch: Sequence[Incoming], judge: Judge | None
) -> tuple[list[Answer], list[tuple[int, Line]], dict[int, Answer]]:
    """The answers as far as they are known, what the journal might take, and the answers of what a judge keeps out of
    it unless it is there."""
    answers: list[Answer] = [_ACCEPTED] * len(batch)
    candidates: list[tuple[int, Line]] = []
    kept_out: dict[int, Answer] = {}
    driver = engines.driver()
    for index, entry in enumerate(batch):
        line = _examine(entry, driver)
        if isinstance(line, Answer):
            answers[index] = line
            continue
        verdict = judge(entry, line.event) if judge else None
        if isinstance(verdict, str):
            answers[index] = Answer(Status.REFUSED, verdict)
            continue
        candidates.append((index, line))
        if verdict:
            status = Status.HELD if isinstance(verdict, Hold) else Status.REFUSED
            kept_out[index] = Answer(status, verdict.reason)
    return answers, candidates, kept_out


def _examine(entry: Incoming, driver: engines.Driver) -> Line | Answer:
    """The entry decoded, or why not."""
    if not 0 < entry.sequence <= MAX_SEQUENCE:
        return Answer(Status.REFUSED, Reason.BAD_SEQUENCE)
    if len(entry.data) > MAX_DATA_BYTES or len(entry.beside) > MAX_BESIDE_BYTES or len(entry.kind) > MAX_KIND_LENGTH:
        return Answer(Status.REFUSED, Reason.TOO_LARGE)
    if entry.happened_at.tzinfo is None or not _EARLIEST <= entry.happened_at < _LATEST:
        return Answer(Status.REFUSED, Reason.BAD_TIME)
    event_class = find(entry.kind)
    if event_class is None:
        return Answer(Status.HELD, Reason.UNKNOWN_KIND)
    if issubclass(event_class, Decision):
        return Answer(Status.REFUSED, Reason.DECISION)
    if entry.corrects and (entry.person is None or not 0 < entry.corrects[1] <= MAX_SEQUENCE):
        return Answer(
            Status.REFUSED,
            Reason.NO_PERSON if entry.person is None else Reason.BAD_SEQUENCE,
        )
    try:
        event = msgspec.json.decode(entry.data, type=event_class)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Answer(Status.REFUSED, Reason.MALFORMED)
    return Line(
        event=event,
        kind=entry.kind,
        data=encode(event),
        person=entry.person,
        by=entry.by,
        edition=entry.edition,
        happened_at=entry.happened_at,
        moment=entry.happened_at,
        db_person=driver.optional(entry.person),
        db_moment=driver.moment(entry.happened_at),
        device=entry.device,
        sequence=entry.sequence,
        corrects=entry.corrects,
    )


def _identity(entry: Incoming | Line) -> Identity:
    return (entry.device.int if entry.device else 0, entry.sequence or 0)


def _known(entries: Sequence[Incoming], devices: Mapping[UUID, int]) -> dict[Identity, Line]:
    """Those of the entries' identities that the journal has."""
    sequences: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        sequences[entry.device.int].append(entry.sequence)
    if not sequences:
        return {}
    conditions = [
        f"device_id = {row} AND {engines.any_of('sequence', sequences[device.int])}" for device, row in devices.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "position" FROM core_entry WHERE {" OR ".join(conditions)}')
        positions = [row[0] for row in cursor.fetchall()]
    return {_identity(line): line for line in reading.at_positions(positions)}


def _same(earlier: Line, line: Line) -> bool:
    return (
        earlier.kind == line.kind
        and earlier.event == line.event
        and were_one(earlier.person, line.person)
        and were_one(earlier.by, line.by)
        and earlier.edition == line.edition
        and earlier.happened_at == line.happened_at
        and earlier.corrects == line.corrects
    )


def _set_aside(entries: Iterable[tuple[Incoming, Answer]]) -> None:
    rows = []
    for sent, answer in entries:
        held = answer.status is Status.HELD
        entry = sent if held or not sent.beside else msgspec.structs.replace(sent, beside=b"")
        payload = msgspec.msgpack.encode(entry)
        rows.append(
            SetAside(
                device=entry.device,
                sequence=max(-(2**63), min(entry.sequence, 2**63 - 1)),
                kind=entry.kind[:MAX_KIND_LENGTH],
                state=answer.status.value,
                reason=str(answer.reason)[:60],
                digest=_digest(payload),
                payload=payload[:MAX_PAYLOAD_KEPT],
                received_at=clock.now(),
            )
        )
    if rows:
        SetAside.objects.bulk_create(rows, ignore_conflicts=True)


def _digest(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()
