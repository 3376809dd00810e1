"""What became of each of a batch of records: opened, expanded, and taken in by the journal at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from trenza.apps.sync import opening, owners
from trenza.apps.sync.acts import Act, Entry, Expanded, NotYet, Refused, registered_act
from trenza.apps.sync.owners import Owner
from trenza.core.journal import Answer, Event, Hold, Incoming, Judge, Refusal, Status, ingest
from trenza.core.sealing import Record

REVOKED: Final = "access_revoked"
_WORST_FIRST: Final = (Status.REFUSED, Status.HELD, Status.ACCEPTED, Status.DUPLICATE)
_RANK: Final = {status: rank for rank, status in enumerate(_WORST_FIRST)}


Outcome = Answer | Refused | NotYet


def judge_all(records: Sequence[Record]) -> list[Outcome]:
    """What became of each record: the worst answer of its entries, or why it could not become any."""
    owned = owners.owners_of({record.device for record in records}) if records else {}
    outcomes: list[Outcome] = []
    turns: dict[int, list[tuple[int, opening.Opened]]] = defaultdict(list)
    for index, opened in enumerate(opening.open_all(records, owned)):
        if isinstance(opened, opening.Opened):
            outcomes.append(NotYet("unknown_act"))
            if found := registered_act(opened.code):
                turns[found.turn].append((index, opened))
        else:
            outcomes.append(opened)
    for turn in sorted(turns):
        _take_turn(records, turns[turn], owned, outcomes)
    return outcomes


class _Entries:
    """The entries of an act, as many as its record says."""

    __slots__ = ("act", "entries")

    def __init__(self, act: Act, entries: Sequence[Entry]) -> None:
        self.act = act
        self.entries = entries

    def refusals(self, record: Record) -> dict[tuple[UUID, int], Refusal]:
        """Those of them that the app refuses, unless the journal has them."""
        return {
            (record.device, sequence): Refusal(each.refusal)
            for sequence, each in enumerate(self.entries, record.sequence)
            if each.refusal
        }

    def incoming(self, record: Record) -> list[Incoming]:
        """By the person whose device it is: a record cannot say otherwise. About her too, unless the app of the act
        says that she may record about another."""
        device, by, at = record.device, self.act.person, self.act.at
        return [
            Incoming(
                device=device, sequence=sequence, kind=each.kind, data=each.data, happened_at=at,
                person=each.person or by, by=by, edition=each.edition, corrects=each.corrects, beside=each.beside,
            )
            for sequence, each in enumerate(self.entries, record.sequence)
        ]  # fmt: skip


def _take_turn(
    records: Sequence[Record],
    opened: Sequence[tuple[int, opening.Opened]],
    owned: Mapping[UUID, Owner],
    outcomes: list[Outcome],
) -> None:
    """Expand the acts of one turn, all of a code together, and take in what they became: into `outcomes`."""
    by_code: dict[str, list[tuple[int, Act]]] = defaultdict(list)
    for index, each in opened:
        by_code[each.code].append((index, each.act))
    expanded: dict[int, _Entries] = {}
    for code, indexed in by_code.items():
        found = registered_act(code)
        if found is None:
            continue
        for (index, act), entries in zip(indexed, found.expand([act for _, act in indexed]), strict=True):
            checked = _checked(records[index], act, entries)
            if isinstance(checked, _Entries):
                expanded[index] = checked
            else:
                outcomes[index] = checked
    batch: list[Incoming] = []
    refusals: dict[tuple[UUID, int], Refusal] = {}
    for index in sorted(expanded):
        batch.extend(expanded[index].incoming(records[index]))
        refusals |= expanded[index].refusals(records[index])
    answers = iter(ingest(batch, judge=_judge(owned, refusals)) if batch else ())
    for index in sorted(expanded):
        outcomes[index] = _worst(islice(answers, records[index].count))


def _checked(record: Record, act: Act, entries: Expanded) -> _Entries | Refused | NotYet:
    """The sequences after a record belong to the next one: an act has as many entries as it was given."""
    if not isinstance(entries, list):
        return entries
    return _Entries(act, entries) if len(entries) == record.count else Refused("wrong_count")


def _judge(owned: Mapping[UUID, Owner], refusals: Mapping[tuple[UUID, int], Refusal]) -> Judge | None:
    """Work that arrives after access was taken away is held for somebody's look, whoever brings it; what its app
    refuses is refused, unless the journal has it."""
    revoked = {device for device, owner in owned.items() if owner.revoked}
    if not revoked and not refusals:
        return None
    hold = Hold(REVOKED)

    def judge(entry: Incoming, _: Event) -> Hold | Refusal | None:
        if refusal := refusals.get((entry.device, entry.sequence)) if refusals else None:
            return refusal
        return hold if entry.device in revoked else None

    return judge


def _worst(answers: "islice[Answer]") -> Answer:
    return min(answers, key=lambda answer: _RANK[answer.status])
