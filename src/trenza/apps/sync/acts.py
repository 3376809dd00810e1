"""What an act means: apps register how acts become entries, and which kinds a device may send as they are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from trenza.core.journal import Event, Observation, encode, name_of


class Act(NamedTuple):
    """One thing that a person did on her device. `payload` is msgpack, as her phone wrote it."""

    person: UUID
    device: UUID
    at: datetime
    payload: msgspec.Raw


class Entry(NamedTuple):
    """An entry that an act becomes: its kind, the JSON of its event, and the edition where there is one.

    `person` is whom it is about; None is whose device it is. An expander that names another has made sure that she may
    record about her. `corrects` names an earlier entry; `beside` is what the journal may not hold (core.journal:
    `attachment`). `refusal` refuses it for this reason, unless the journal has it already: the answer to what was right
    when it first arrived stays what it was.
    """

    kind: str
    data: bytes
    edition: UUID | None = None
    person: UUID | None = None
    corrects: tuple[UUID, int] | None = None
    beside: bytes = b""
    refusal: str = ""


class Refused(NamedTuple):
    """An act that will never be one as it stands. The reason is a code; her phone says it in words."""

    reason: str


class NotYet(NamedTuple):
    """An act that this server does not understand today: kept, and tried again later (`reconsider`)."""

    reason: str


Expanded = list[Entry] | Refused | NotYet
# All acts of a code in a batch at once, so that what they need is asked once; the answers in the same order.
Expand = Callable[[Sequence[Act]], Sequence[Expanded]]
# The editions that each of these persons takes part in.
Editions = Callable[[Collection[UUID]], Mapping[UUID, Collection[UUID]]]


class Registered(NamedTuple):
    """How the acts of a code become entries, and in which turn."""

    expand: Expand
    turn: int


_acts: dict[str, Registered] = {}
_sendable: set[type[Event]] = set()
_editions: list[Editions] = []


def register_act(code: str, expand: Expand, *, turn: int = 0) -> None:
    """Register how the acts of a code become entries. `expand` must not raise for any payload: it refuses.

    Where acts rest on what others of the same batch bring (marks on a session that the same phone opened), theirs is a
    later `turn`: what came before is committed when they are expanded.
    """
    if code in _acts:
        raise ValueError(f"the act {code!r} is registered twice")
    _acts[code] = Registered(expand, turn)


def register_kinds(*kinds: type[Observation]) -> None:
    """Register observations that anybody's device may send about her as they are (the act `e`)."""
    _sendable.update(kinds)


def register_editions(editions: Editions) -> None:
    """Register who knows which editions a person takes part in."""
    _editions.append(editions)


def entry(
    event: Event,
    edition: UUID | None = None,
    *,
    person: UUID | None = None,
    corrects: tuple[UUID, int] | None = None,
    beside: bytes = b"",
    refusal: str = "",
) -> Entry:
    """An entry of this event."""
    return Entry(name_of(event), encode(event), edition, person, corrects, beside, refusal)


def registered_act(code: str) -> Registered | None:
    """How acts of this code become entries, if this version knows them."""
    return _acts.get(code)


def may_be_sent(kind: type[Event]) -> bool:
    """Whether a device may send this kind as it is."""
    return kind in _sendable


def editions_of(persons: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The editions that each of these persons takes part in."""
    found: dict[UUID, set[UUID]] = {}
    for lookup in _editions if persons else ():
        for person, editions in lookup(persons).items():
            found.setdefault(person, set()).update(editions)
    return found
