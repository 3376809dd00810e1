"""Entries as a hub sends them, in columns: what repeats is said once, what grows is said by how much.

Ids are 16 bytes in dictionaries, and rows name them by number; sequences and times are differences; the
JSON of all entries of a kind stands together. Then the message is compressed (docs/hub-protocol.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Annotated, Final, TypeVar
from uuid import UUID

import msgspec

from trenza.apps.sync.wire import TooLarge, Unreadable
from trenza.core.journal import Incoming

MOST_ENTRIES: Final = 5_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_ID: Final = 16
_MILLISECOND: Final = 1_000

V = TypeVar("V")
Text = Annotated[str, msgspec.Meta(max_length=200)]


class _Columns(msgspec.Struct, array_like=True, frozen=True):
    """Ids are numbered from 1 where 0 says that there is none. `by` is 1 where it is the person herself, else its
    number and 1. `unit` is the microseconds that times are counted in. `corrects` has only rows that correct: row,
    device, sequence. `data` has the JSON of the entries of each kind, a list in the order of rows. `beside` has only
    rows that have something beside them."""

    devices: bytes
    people: bytes
    editions: bytes
    kinds: list[Text]
    device: list[int]
    sequence: list[int]
    kind: list[int]
    person: list[int]
    by: list[int]
    edition: list[int]
    unit: int
    happened_at: list[int]
    corrects: list[tuple[int, int, int]]
    data: list[bytes]
    beside: list[tuple[int, bytes]] = []


_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(_Columns)
_json_list: Final = msgspec.json.Decoder(list[msgspec.Raw])


def pack(entries: Sequence[Incoming]) -> bytes:
    """These entries, in their order. No entries are no bytes."""
    if not entries:
        return b""
    devices, people, editions, kinds = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    data: dict[str, list[bytes]] = defaultdict(list)
    for entry in entries:
        data[entry.kind].append(entry.data)
    moments = [(entry.happened_at - _EPOCH) // _MICROSECOND for entry in entries]
    unit = 1 if any(moment % _MILLISECOND for moment in moments) else _MILLISECOND
    columns = _Columns(
        device=[devices.of(entry.device) for entry in entries],
        sequence=list(_differences_of_each(entries)),
        kind=[kinds.of(entry.kind) for entry in entries],
        person=[people.or_none(entry.person) for entry in entries],
        by=[1 if entry.by == entry.person else _shifted(people.or_none(entry.by)) for entry in entries],
        edition=[editions.or_none(entry.edition) for entry in entries],
        unit=unit,
        happened_at=_differences(moment // unit for moment in moments),
        corrects=[
            (row, devices.of(entry.corrects[0]), entry.corrects[1])
            for row, entry in enumerate(entries)
            if entry.corrects
        ],
        devices=devices.ids(),
        people=people.ids(),
        editions=editions.ids(),
        kinds=[str(kind) for kind in kinds.values],
        data=[b"[%b]" % b",".join(data[str(kind)]) for kind in kinds.values],
        beside=[(row, entry.beside) for row, entry in enumerate(entries) if entry.beside],
    )
    return _encoder.encode(columns)


def unpack(packed: bytes) -> list[Incoming]:
    """The entries that `pack` made this of.

    Raises:
        Unreadable: it made no such bytes.
        TooLarge: more than `MOST_ENTRIES`.
    """
    if not packed:
        return []
    try:
        columns = _decoder.decode(packed)
        if len(columns.device) > MOST_ENTRIES:
            raise TooLarge
        return list(_rows(columns))
    except (msgspec.MsgspecError, ValueError, IndexError, OverflowError, RecursionError, StopIteration, RuntimeError):
        raise Unreadable("entries") from None


def _rows(columns: _Columns) -> Iterator[Incoming]:
    devices, people, editions = _ids(columns.devices), _ids(columns.people), _ids(columns.editions)
    corrects = {row: (_at(devices, device), sequence) for row, device, sequence in columns.corrects}
    beside = dict(columns.beside)
    texts = [iter(_json_list.decode(each)) for each in columns.data]
    last: dict[int, int] = defaultdict(int)
    rows = zip(
        columns.device, columns.sequence, columns.kind, columns.person, columns.by, columns.edition,
        accumulate(columns.happened_at), strict=True,
    )  # fmt: skip
    for row, (device, grown, kind, person_number, by, edition, moment) in enumerate(rows):
        last[device] += grown
        person = _optional(people, person_number)
        yield Incoming(
            device=_at(devices, device),
            sequence=last[device],
            kind=_at(columns.kinds, kind),
            data=bytes(next(texts[kind])),
            happened_at=_EPOCH + timedelta(microseconds=moment * columns.unit),
            person=person,
            by=person if by == 1 else _optional(people, by - 1 if by else 0),
            edition=_optional(editions, edition),
            corrects=corrects.get(row),
            beside=beside.get(row, b""),
        )


class _Numbers:
    """Numbers for what repeats, in the order in which it is met."""

    def __init__(self) -> None:
        self.values: list[UUID | str] = []
        self._numbers: dict[UUID | str, int] = {}

    def of(self, value: UUID | str) -> int:
        """Its number, from 0."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def or_none(self, value: UUID | None) -> int:
        """Its number, from 1; 0 where there is none."""
        return 0 if value is None else self.of(value) + 1

    def ids(self) -> bytes:
        """All of them, one behind the other."""
        return b"".join(value.bytes for value in self.values if isinstance(value, UUID))


def _shifted(number: int) -> int:
    """0 stays; 1 is taken by *the person herself*."""
    return number + 1 if number else 0


def _differences(values: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise((0, *values))]


def _differences_of_each(entries: Sequence[Incoming]) -> Iterator[int]:
    """How much the sequence of each device has grown since its last row."""
    last: dict[UUID, int] = defaultdict(int)
    for entry in entries:
        yield entry.sequence - last[entry.device]
        last[entry.device] = entry.sequence


def _ids(joined: bytes) -> list[UUID]:
    if len(joined) % _ID:
        raise ValueError
    return [UUID(bytes=joined[start : start + _ID]) for start in range(0, len(joined), _ID)]


def _at(values: Sequence[V], number: int) -> V:
    """A negative number would count from the end."""
    if number < 0:
        raise IndexError
    return values[number]


def _optional(ids: Sequence[UUID], number: int) -> UUID | None:
    return None if number == 0 else _at(ids, number - 1)
