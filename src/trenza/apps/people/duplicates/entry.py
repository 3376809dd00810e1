"""The quick look when somebody is entered: who of those who are here may be she. It blocks nothing."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people.duplicates.likeness import Parts, days_alike, names_alike, parts
from trenza.apps.people.models import Account, Person
from trenza.apps.people.rules import merged_away

MOST: Final = 5
_LOOKED_AT: Final = 200
"""Of one day of birth, or of one number: a centre may have lent its own to all who learn there."""


def perhaps_here(
    *, given_name: str, family_name: str, birth_date: date | None, phones: Collection[str], among: QuerySet[Person]
) -> list[Person]:
    """Those `among` these who are called alike and were born on the same day, or have the same number and may have
    been. The same number alone is not the same person: sisters share one. Two queries, and at most five are given."""
    said = parts(given_name, family_name)
    common = Q(pk__in=[])
    if birth_date:
        common |= Q(birth_date=birth_date)
    if numbers := [phone for phone in phones if phone]:
        holders = Account.objects.filter(phone__in=numbers, is_active=True).order_by().values("person")[:_LOOKED_AT]
        common |= Q(pk__in=list(holders.values_list("person", flat=True)))
    persons = among.filter(common).exclude(pk__in=merged_away()).order_by("pk")[:_LOOKED_AT]
    return [
        each
        for each in persons
        if days_alike(birth_date, each.birth_date) and names_alike(said, parts(each.given_name, each.family_name))
    ][:MOST]


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
        alike = _alike(person, phones.get(pk, set()), named, sharing)
        if hers := list(alike)[:MOST]:
            found[pk] = hers
    return found


def _alike(
    person: Person, phones: set[str], others: Iterable[tuple[Person, Parts]], sharing: Mapping[UUID, set[str]]
) -> Iterable[UUID]:
    said = parts(person.given_name, person.family_name)
    for other, name in others:
        if other.pk == person.pk:
            continue
        same_day = person.birth_date is not None and person.birth_date == other.birth_date
        common = same_day or phones & sharing.get(other.pk, set())
        if common and days_alike(person.birth_date, other.birth_date) and names_alike(said, name):
            yield other.pk


def _phones(which: Q) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Account.objects.filter(which, is_active=True).exclude(phone="").order_by("pk")[: _LOOKED_AT * 10]
    for person, phone in rows.values_list("person", "phone"):
        found.setdefault(person, set()).add(phone)
    return found
