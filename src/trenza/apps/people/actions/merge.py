"""Decide about two persons who may be one: tell them apart, make them one, undo that."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from trenza.apps.people import rules
from trenza.apps.people.errors import AlreadyDecided, CannotMerge, CannotUndo
from trenza.apps.people.events import MergeUndone, PersonsMerged, PersonsToldApart
from trenza.apps.people.models import DuplicatePair, Merge, Person
from trenza.core import clock, journal, merging
from trenza.core.journal import action, record
from trenza.core.privacy import keepers

State = DuplicatePair.State


def why_not(*, absorbed: Person, kept: Person) -> list[str]:
    """What stands against making one record of these, as codes; each app says its own."""
    found = [code for keeper in keepers().values() if keeper.forbid for code in keeper.forbid(absorbed.pk, kept.pk)]
    return list(dict.fromkeys(found))


@action
def merge_persons(*, absorbed: Person, kept: Person, reason: str, by: Person | None) -> Merge:
    """Make the absorbed person another name of the kept one: both histories are one from now on, and nothing is lost.

    Each app makes its rows the kept one's, and what follows from the journal is made anew from both. Where only one
    of two may stand (two enrolments in one track), the kept one's does.

    Raises:
        NotAllowed: `by` may not merge both of them.
        CannotMerge: `.reasons` stand against it; nothing was changed.
    """
    if by is not None:
        for person in (absorbed, kept):
            rules.mergeable_persons.require(by, person)
    _lock(absorbed.pk, kept.pk)
    if reasons := why_not(absorbed=absorbed, kept=kept):
        raise CannotMerge(reasons)
    try:
        with transaction.atomic():
            changes = [
                change for each in keepers().values() if each.merge for change in each.merge(absorbed.pk, kept.pk)
            ]
    except IntegrityError as error:
        raise CannotMerge(["something_new"]) from error
    row = Merge.objects.create(
        absorbed=absorbed,
        kept=kept,
        reason=Merge.Reason(reason).value,
        changes=merging.as_json(changes),
        at=clock.now(),
        by=by,
    )
    note_pair(one=absorbed, other=kept, found=DuplicatePair.Found.BY_HAND)
    _decide(absorbed.pk, kept.pk, State.SAME, by)
    _name_anew([absorbed.pk])
    record(PersonsMerged(merge=row.pk, absorbed=absorbed.pk, reason=row.reason), by=_id(by), about=kept.pk)
    return row


@action
def undo_merge(*, merge: Merge, by: Person | None) -> Merge:
    """Make two persons of one again: the rows that were the absorbed one's are hers again, and what was recorded about
    her under her own name is projected to her. What was done since under the kept name stays there.

    Raises:
        NotAllowed: `by` may not merge the kept one.
        CannotUndo: it was undone, or a later merge stands in the way.
    """
    if by is not None:
        rules.undoable_merges.require(by, merge)
    _lock(merge.absorbed_id, merge.kept_id)
    held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if held.undone_at is not None or Merge.objects.filter(absorbed=held.kept_id, undone_at=None).exists():
        raise CannotUndo
    try:
        with transaction.atomic():
            merging.put_back(merging.from_json(held.changes))
    except IntegrityError as error:
        raise CannotUndo from error
    held.undone_at, held.undone_by = clock.now(), by
    held.save(update_fields=["undone_at", "undone_by"])
    for each in keepers().values():
        if each.undone:
            each.undone(held.absorbed_id, held.kept_id)
    _decide(held.absorbed_id, held.kept_id, State.POSSIBLE, None)
    _name_anew([held.absorbed_id])
    record(MergeUndone(merge=held.pk, absorbed=held.absorbed_id), by=_id(by), about=held.kept_id)
    return held


@action
def tell_apart(*, pair: DuplicatePair, by: Person | None) -> DuplicatePair:
    """Say that they are two persons: they never come up again.

    Raises:
        NotAllowed: `by` may not merge both of them.
        AlreadyDecided: somebody has.
    """
    if by is not None:
        rules.decidable_pairs.require(by, pair)
    held = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if held.state != State.POSSIBLE:
        raise AlreadyDecided
    _decide(held.first_id, held.second_id, State.DIFFERENT, by)
    record(PersonsToldApart(pair=held.pk, other=held.second_id), by=_id(by), about=held.first_id)
    return DuplicatePair.objects.get(pk=held.pk)


def note_pair(*, one: Person, other: Person, found: str, score: float | None = None) -> DuplicatePair:
    """Write down that these two may be one; where the pair stands already, it stays as it was decided."""
    first, second = sorted((one.pk, other.pk))
    pair, _ = DuplicatePair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"found": found, "found_at": clock.now(), "score": score}
    )
    return pair


def _decide(one: UUID, other: UUID, state: State, by: Person | None) -> None:
    first, second = sorted((one, other))
    decided: dict[str, Any] = {"decided_at": clock.now(), "decided_by": by}
    if state == State.POSSIBLE:
        decided = {"decided_at": None, "decided_by": None}
    DuplicatePair.objects.filter(first=first, second=second).update(state=state, **decided)


def _name_anew(persons: Iterable[UUID]) -> None:
    """Tell the journal who is whom, as the merges stand: of these persons, and of who was merged into them before."""
    into = dict(Merge.objects.filter(undone_at=None).filter(absorbed__in=persons).values_list("absorbed", "kept"))
    kept: dict[UUID, UUID | None] = {}
    waiting = [(person, into.get(person)) for person in persons]
    while waiting:
        person, other = waiting.pop()
        kept[person] = other
        before = Merge.objects.filter(kept=person, undone_at=None).values_list("absorbed", flat=True)
        waiting += [(each, other or person) for each in before]
    journal.set_aliases(kept)


def _lock(one: UUID, other: UUID) -> None:
    """Nobody else merges either of them meanwhile."""
    list(Person.objects.select_for_update().filter(pk__in=[one, other]).order_by("pk").values_list("pk"))


def _id(person: Person | None) -> UUID | None:
    return person.pk if person else None
