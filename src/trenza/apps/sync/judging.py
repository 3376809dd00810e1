"""What became of each of a batch of records: opened, expanded, and taken in by the journal at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from trenza.apps.sync import opening, owners
from trenza.apps.sync.acts import Act, Expanded, NotYet, Refused, expander
from trenza.apps.sync.owners import Owner
from trenza.core.journal import Answer, Event, Hold, Incoming, Judge, Status, ingest
from trenza.core.sealing import Record

REVOKED: Final = "access_revoked"
_WORST_FIRST: Final = (Status.REFUSED, Status.HELD, Status.ACCEPTED, Status.DUPLICATE)
_RANK: Final = {status: rank for rank, status in enumerate(_WORST_FIRST)}


Outcome = Answer | Refused | NotYet


def judge_all(records: Sequence[Record]) -> list[Outcome]:
    """What became of each record: the worst answer of its entries, or why it could not become any."""
    owned = owners.owners_of({record.device for record in records}) if records else {}
    expanded = _expand(records, owned)
    batch: list[Incoming] = []
    for record, entries in zip(records, expanded, strict=True):
        if isinstance(entries, _Entries):
            batch.extend(entries.incoming(record))
    answers = iter(ingest(batch, judge=_judge(owned)) if batch else ())
    return [
        _worst(islice(answers, record.count)) if isinstance(entries, _Entries) else entries
        for record, entries in zip(records, expanded, strict=True)
    ]


class _Entries:
    """The entries of an act, as many as its record says."""

    __slots__ = ("act", "entries")

    def __init__(self, act: Act, entries: Sequence[tuple[str, bytes, UUID | None]]) -> None:
        self.act = act
        self.entries = entries

    def incoming(self, record: Record) -> list[Incoming]:
        """They are about the person whose device it is, and by her: a record cannot say otherwise."""
        device, person, at = record.device, self.act.person, self.act.at
        return [
            Incoming(
                device=device, sequence=sequence, kind=kind, data=data, happened_at=at,
                person=person, by=person, edition=edition,
            )
            for sequence, (kind, data, edition) in enumerate(self.entries, record.sequence)
        ]  # fmt: skip


def _expand(records: Sequence[Record], owned: dict[UUID, Owner]) -> list[_Entries | Refused | NotYet]:
    """Every record as its entries; all acts of a code together."""
    found: list[_Entries | Refused | NotYet] = []
    by_code: dict[str, list[tuple[int, Act]]] = defaultdict(list)
    for index, opened in enumerate(opening.open_all(records, owned)):
        if isinstance(opened, opening.Opened):
            by_code[opened.code].append((index, opened.act))
            found.append(NotYet("unknown_act"))
        else:
            found.append(opened)
    for code, indexed in by_code.items():
        expand = expander(code)
        if expand is not None:
            for (index, act), entries in zip(indexed, expand([act for _, act in indexed]), strict=True):
                found[index] = _checked(records[index], act, entries)
    return found


def _checked(record: Record, act: Act, entries: Expanded) -> _Entries | Refused | NotYet:
    """The sequences after a record belong to the next one: an act has as many entries as it was given."""
    if not isinstance(entries, list):
        return entries
    return _Entries(act, entries) if len(entries) == record.count else Refused("wrong_count")


def _judge(owned: Mapping[UUID, Owner]) -> Judge | None:
    """Work that arrives after access was taken away is held for somebody's look, whoever brings it."""
    revoked = {device for device, owner in owned.items() if owner.revoked}
    if not revoked:
        return None
    hold = Hold(REVOKED)

    def judge(entry: Incoming, _: Event) -> Hold | None:
        return hold if entry.device in revoked else None

    return judge


def _worst(answers: "islice[Answer]") -> Answer:
    return min(answers, key=lambda answer: _RANK[answer.status])
