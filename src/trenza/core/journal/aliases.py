"""One person under several names: what entries say of an alias is projected to the person who is kept.

Whether two persons are one is decided above; here stands only whose entries count for whom. Entries are never changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec
from django.db.models import Q

from trenza.core import clock
from trenza.core.journal import engines
from trenza.core.journal.lines import Line
from trenza.core.models import Alias

_AT_ONCE: Final = 500


def standing_aliases(persons: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of these persons who are another name of somebody, each with whom. One query for each 500."""
    found: dict[UUID, UUID] = {}
    for some in _portions(persons):
        found.update(Alias.objects.filter(person__in=some, ended_at=None).values_list("person", "kept"))
    return found


def kept_of(person: UUID) -> UUID:
    """Herself, or who she was found to be."""
    return standing_aliases([person]).get(person, person)


def names_of(persons: Collection[UUID]) -> set[UUID]:
    """These persons and all their other names, whichever of them was asked for. Two queries for each 500."""
    kept = {*persons, *standing_aliases(persons).values()}
    found = set(kept)
    for some in _portions(kept):
        found.update(Alias.objects.filter(kept__in=some, ended_at=None).values_list("person", flat=True))
    return found


def were_one(one: UUID | None, other: UUID | None) -> bool:
    """Whether these are, or were at some time, names of the same person."""
    if one is None or other is None or one == other:
        return one == other
    rows = Alias.objects.filter(Q(person__in=[one, other]) | Q(kept__in=[one, other])).values_list("person", "kept")
    names = {one: {one}, other: {other}}
    for pair in rows:
        for each, hers in names.items():
            if each in pair:
                hers.update(pair)
    return bool(names[one] & names[other])


def resolved(lines: Sequence[Line]) -> Sequence[Line]:
    """These entries with the person who is kept in the place of her other names, for whoever derives something."""
    others = standing_aliases({line.person for line in lines if line.person})
    if not others:
        return lines
    driver = engines.driver()
    return [_about(line, others[line.person], driver) if line.person in others else line for line in lines]


def write_aliases(kept: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Within a transaction: make each of these persons another name of whom she is kept as (None: of nobody). Whose
    projections must be made anew is returned; nobody else projects about them until the transaction ends."""
    concerned = {*kept, *(each for each in kept.values() if each)}
    concerned |= names_of(concerned)
    engines.lock_persons(each.int for each in concerned)
    before = standing_aliases(list(kept))
    changed = {person: other for person, other in kept.items() if before.get(person) != other}
    Alias.objects.filter(person__in=changed, ended_at=None).update(ended_at=clock.now())
    Alias.objects.bulk_create([Alias(person=person, kept=other) for person, other in changed.items() if other])
    return concerned | names_of(concerned)


def _about(line: Line, person: UUID, driver: engines.Driver) -> Line:
    return msgspec.structs.replace(line, person=person, db_person=driver.uuid(person))


def _portions(persons: Iterable[UUID]) -> Iterable[list[UUID]]:
    ordered = sorted(set(persons))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
