"""The act `e`: entries as they are, `[[kind, data, edition or nil], …]`, for what has no act of its own."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec

from trenza.apps.sync.acts import Act, Entry, Expanded, Refused, editions_of, entry, may_be_sent, register_act
from trenza.core import journal


class _Sent(msgspec.Struct, array_like=True, frozen=True):
    kind: Annotated[str, msgspec.Meta(max_length=80)]
    data: msgspec.Raw
    edition: UUID | None


_decoder = msgspec.msgpack.Decoder(list[_Sent])
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


def register() -> None:
    """Register with the other acts."""
    register_act("e", expand)


def expand(acts: Sequence[Act]) -> list[Expanded]:
    """Kinds that a device may send, in editions that are hers. A kind that nobody knows here the journal holds."""
    sent = [_read(act) for act in acts]
    claiming = {
        act.person
        for act, entries in zip(acts, sent, strict=True)
        if not isinstance(entries, Refused) and any(each.edition for each in entries)
    }
    editions = editions_of(claiming)
    return [
        entries if isinstance(entries, Refused) else _entries(entries, editions.get(act.person, set()))
        for act, entries in zip(acts, sent, strict=True)
    ]


def _read(act: Act) -> list[_Sent] | Refused:
    try:
        return _decoder.decode(act.payload)
    except _UNREADABLE:
        return Refused("malformed")


def _entries(sent: Sequence[_Sent], editions: set[UUID]) -> list[Entry] | Refused:
    entries = []
    for each in sent:
        if each.edition and each.edition not in editions:
            return Refused("not_her_edition")
        found = journal.find(each.kind)
        if found is not None and not may_be_sent(found):
            return Refused("kind_not_allowed")
        try:
            if found is None:
                # As it is, for a version that knows it: keys in order, so that the same is the same bytes.
                data: Any = msgspec.msgpack.decode(each.data, type=dict[str, Any])
                entries.append(Entry(each.kind, msgspec.json.encode(data, order="deterministic"), each.edition))
            else:
                entries.append(entry(msgspec.msgpack.decode(each.data, type=found), each.edition))
        except (*_UNREADABLE, TypeError):
            return Refused("malformed")
    return entries
