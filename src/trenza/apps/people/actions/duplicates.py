"""Find who may be one person: at night among all, and at once when somebody is entered. Nothing is merged here."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from trenza.apps.people.duplicates import search
from trenza.apps.people.duplicates.entry import perhaps_again
from trenza.apps.people.duplicates.search import Known, Likely
from trenza.apps.people.models import Account, DuplicatePair, Merge, Person, RoleGrant
from trenza.apps.people.rules import merged_away
from trenza.core import clock
from trenza.core.journal import action

MOST_PAIRS_AT_ONCE: Final = 10_000
"""New pairs of one night: more than that is a fault of the data, and the likeliest come first."""
_WRITTEN_AT_ONCE: Final = 500
Pair = tuple[UUID, UUID]


def find_duplicates() -> int:
    """Search through everybody who can be merged, and write down the pairs that are new; how many these are.

    Pairs that stand already stay as they are: who was told apart does not come up again, under any of her names. Who
    holds a role is left out, and people of a demonstration are compared among themselves. Not within an action: the
    search takes seconds to minutes, and only writing takes turns.

    Raises:
        NoSearchHere: the packages for it are not installed.
    """
    found = [pair for synthetic in (False, True) for pair in search.search(list(_known(synthetic=synthetic)))]
    fresh = _fresh(found)[:MOST_PAIRS_AT_ONCE]
    for start in range(0, len(fresh), _WRITTEN_AT_ONCE):
        _write(pairs=fresh[start : start + _WRITTEN_AT_ONCE])
    return len(fresh)


@action
def note_who_may_be_here(*, person: UUID) -> None:
    """Write down a possible pair for each who may be the person who was entered, where none stands."""
    now = clock.now()
    pairs = [_in_order(person, other) for other in perhaps_again([person]).get(person, ())]
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(first_id=one, second_id=other, found=DuplicatePair.Found.ENTRY, found_at=now)
            for one, other in pairs
        ],
        ignore_conflicts=True,
    )


def _known(*, synthetic: bool) -> Iterator[Known]:
    phones = dict(
        Account.objects.filter(is_active=True).exclude(phone="").order_by("-created_at").values_list("person", "phone")
    )
    persons = Person.objects.filter(synthetic=synthetic).exclude(pk__in=merged_away())
    persons = persons.exclude(pk__in=RoleGrant.objects.filter(withdrawn_at=None).values("person")).order_by("pk")
    for pk, given, family, born in persons.values_list("pk", "given_name", "family_name", "birth_date").iterator():
        yield Known(pk, given, family, born, phones.get(pk, ""))


def _fresh(found: Sequence[Likely]) -> list[Likely]:
    """Those that do not stand yet, each the lower id first."""
    kept = dict(Merge.objects.filter(undone_at=None).order_by("at").values_list("absorbed", "kept"))

    def name(person: UUID) -> UUID:
        while person in kept:
            person = kept[person]
        return person

    standing: set[Pair] = set()
    for first, second, state in DuplicatePair.objects.values_list("first", "second", "state").iterator():
        standing.add((first, second))
        if state == DuplicatePair.State.DIFFERENT:
            standing.add(_in_order(name(first), name(second)))
    likely = {_in_order(each.one, each.other): each.score for each in reversed(found)}
    fresh = [Likely(*pair, score) for pair, score in likely.items() if pair not in standing]
    return sorted(fresh, key=lambda each: (-each.score, each.one, each.other))


@action
def _write(*, pairs: Sequence[Likely]) -> None:
    """Somebody may have been erased, or decided about a pair, while the search went on."""
    now = clock.now()
    persons = set(
        Person.objects.filter(pk__in={each for pair in pairs for each in pair[:2]}).values_list("pk", flat=True)
    )
    rows = [
        DuplicatePair(first_id=one, second_id=other, score=score, found=DuplicatePair.Found.NIGHTLY, found_at=now)
        for one, other, score in pairs
        if one in persons and other in persons
    ]
    DuplicatePair.objects.bulk_create(rows, ignore_conflicts=True)


def _in_order(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)
