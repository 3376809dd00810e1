"""The quick look when somebody is entered: who of those who are here may be she. It blocks nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people.duplicates.likeness import Parts, days_alike, names_alike, parts
from trenza.apps.people.models import Account, Person
from trenza.apps.people.rules import merged_away

MOST: Final = 5
_AT_ONCE: Final = 500
_LOOKED_AT: Final = 200
"""Of one day of birth, or of one number: a centre may have lent its own to all who learn there."""


class Said(NamedTuple):
    """What is said of somebody who is about to be entered. `phone` is in E.164, blank where she has none."""

    given_name: str
    family_name: str
    birth_date: date | None
    phone: str


def perhaps_here(said: Sequence[Said], *, among: QuerySet[Person]) -> dict[int, list[Person]]:
    """For each of these, by its place, those `among` these persons who are called alike and were born on the same day,
    or have the same number and may have been. The same number alone is not the same person: sisters share one.

    Three queries for every 500, and at most five persons for each.
    """
    found: dict[int, list[Person]] = {}
    for start in range(0, len(said), _AT_ONCE):
        some = said[start : start + _AT_ONCE]
        numbers, days = {each.phone for each in some} - {""}, {each.birth_date for each in some} - {None}
        sharing = _phones(Q(phone__in=numbers)) if numbers else {}
        rows = among.filter(Q(birth_date__in=days) | Q(pk__in=list(sharing))).exclude(pk__in=merged_away())
        others = [
            (row, parts(row.given_name, row.family_name)) for row in rows.order_by("pk")[: _LOOKED_AT * len(some)]
        ]
        for place, each in enumerate(some, start):
            phones = {each.phone} - {""}
            if hers := list(_alike(None, each, phones, others, sharing))[:MOST]:
                found[place] = hers
    return found


def perhaps_again(persons: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """For each of these persons who may be somebody else who is here, who that is. Three queries for all."""
    entered = Person.objects.filter(pk__in=persons, synthetic=False).in_bulk()
    if not entered:
        return {}
    phones = _phones(Q(person__in=entered))
    numbers = {phone for hers in phones.values() for phone in hers}
    sharing = _phones(Q(phone__in=numbers)) if numbers else {}
    days = {each.birth_date for each in entered.values() if each.birth_date}
    others = Person.objects.filter(Q(birth_date__in=days) | Q(pk__in=sharing), synthetic=False)
    others = others.exclude(pk__in=merged_away()).order_by("pk")[: _LOOKED_AT * len(entered)]
    named = [(each, parts(each.given_name, each.family_name)) for each in others]
    found = {}
    for pk, person in entered.items():
        said = Said(person.given_name, person.family_name, person.birth_date, "")
        alike = _alike(pk, said, phones.get(pk, set()), named, sharing)
        if hers := [each.pk for each in alike][:MOST]:
            found[pk] = hers
    return found


def _alike(
    herself: UUID | None,
    said: Said,
    phones: set[str],
    others: Iterable[tuple[Person, Parts]],
    sharing: Mapping[UUID, set[str]],
) -> Iterator[Person]:
    name = parts(said.given_name, said.family_name)
    for other, called in others:
        same_day = said.birth_date is not None and said.birth_date == other.birth_date
        common = same_day or phones & sharing.get(other.pk, set())
        if not common or other.pk == herself:
            continue
        if days_alike(said.birth_date, other.birth_date) and names_alike(name, called):
            yield other


def _phones(which: Q) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Account.objects.filter(which, is_active=True).exclude(phone="").order_by("pk")[: _LOOKED_AT * 10]
    for person, phone in rows.values_list("person", "phone"):
        found.setdefault(person, set()).add(phone)
    return found
