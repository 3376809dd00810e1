from datetime import date, timedelta

import pytest

from tests.apps.programmes.examples import a_person
from trenza.apps.people.actions.duplicates import find_duplicates
from trenza.apps.people.api import (
    DuplicatePair,
    Person,
    decidable_pairs,
    grant_role,
    merge_persons,
    perhaps_here,
    register_person,
    tell_apart,
)
from trenza.apps.people.duplicates.entry import Said, perhaps_again
from trenza.core import journal

pytestmark = pytest.mark.django_db(transaction=True)
BORN = date(1998, 5, 14)
PHONE = "+59171234567"


def registered(
    given_name: str, family_name: str, born: date | None = BORN, phone: str = "", *, synthetic: bool = False
) -> Person:
    return register_person(
        given_name=given_name, family_name=family_name, birth_date=born, phone=phone, synthetic=synthetic
    )


def a_family() -> list[Person]:
    return [
        registered("Beatriz", "Callisaya Yujra", date(2000, 1, 9), PHONE),
        registered("Rosa Ester", "Callisaya Yujra", date(2003, 7, 30), PHONE),
        registered("Ximena", "Yujra Mamani", date(1971, 2, 3), PHONE),
    ]


def pairs() -> set[tuple[str, ...]]:
    rows = DuplicatePair.objects.select_related("first", "second")
    return {tuple(sorted((row.first.given_name, row.second.given_name))) for row in rows}


def test_find_duplicates_writes_down_pairs_and_merges_nobody():
    a_family()
    registered("Ximena Rosa", "Callisaya Yujra", phone=PHONE)
    registered("Jimena Rosa", "Yujra Callisaya")

    assert find_duplicates() == 1
    assert pairs() == {("Jimena Rosa", "Ximena Rosa")}
    [pair] = DuplicatePair.objects.all()
    assert (pair.state, pair.found) == ("possible", "nightly")
    assert pair.score is not None
    assert Person.objects.count() == 5
    assert find_duplicates() == 0


def test_who_was_told_apart_does_not_come_up_again_under_any_name():
    _one, other = registered("Ximena Rosa", "Callisaya Yujra"), registered("Ximena Rosa", "Callisaya Yujra")
    find_duplicates()
    tell_apart(pair=DuplicatePair.objects.get(), by=None)
    third = registered("Ximena", "Callisaya Yujra", phone=PHONE)
    merge_persons(absorbed=other, kept=third, reason="twice", by=None)

    assert find_duplicates() == 0
    assert DuplicatePair.objects.filter(state="possible").count() == 0
    assert DuplicatePair.objects.filter(state="different").count() == 1


def test_nobody_of_the_team_and_nobody_made_up_is_compared_with_applicants():
    marta = registered("Ximena Rosa", "Callisaya Yujra")
    grant_role(person=marta, role="trainer", scope_kind="all", scope=None, by=None)
    registered("Ximena Rosa", "Callisaya Yujra", synthetic=True)
    registered("Ximena Rosa", "Callisaya Yujra")

    assert find_duplicates() == 0


def test_pairs_are_for_whoever_may_merge_both():
    registered("Ximena Rosa", "Callisaya Yujra")
    registered("Ximena Rosa", "Callisaya Yujra")
    find_duplicates()
    olga, marta, elsewhere = a_person("Olga"), a_person("Marta"), a_person("Elsa")
    grant_role(person=olga, role="coordinator", scope_kind="all", scope=None, by=None)
    grant_role(person=marta, role="trainer", scope_kind="all", scope=None, by=None)

    assert decidable_pairs.which(olga).count() == 1
    assert decidable_pairs.which(marta).count() == decidable_pairs.which(elsewhere).count() == 0


def test_whoever_is_entered_again_makes_a_possible_pair_and_hears_nothing_of_it():
    a_family()
    registered("Ximena Rosa", "Callisaya Yujra", phone=PHONE)
    journal.work_until_done()
    assert pairs() == set()

    registered("Jimena", "Callisaya", phone="")
    registered("ximena", "Callisaya Yujra", BORN + timedelta(1), PHONE)
    journal.work_until_done()

    assert pairs() == {("Jimena", "Ximena Rosa"), ("Ximena Rosa", "ximena")}
    assert set(DuplicatePair.objects.values_list("found", "score")) == {("entry", None)}


@pytest.mark.parametrize("count", [1, 3])
def test_perhaps_again_asks_as_much_for_three_as_for_one(count, django_assert_num_queries):
    registered("Ximena Rosa", "Callisaya Yujra", phone=PHONE)
    entered = [registered("Ximena", "Callisaya", phone=PHONE).pk for _ in range(count)]

    with django_assert_num_queries(4):
        assert set(perhaps_again(entered)) == set(entered)


def test_perhaps_here_needs_a_name_alike_and_a_day_or_a_number():
    beatriz, rosa, _mother = a_family()
    ximena = registered("Ximena Rosa", "Callisaya Yujra", phone=PHONE)
    everybody = Person.objects.all()

    def here(given: str, family: str, born: date | None = None, phone: str = "") -> list[Person]:
        stranger = Said("Zulma", "Nina", BORN, "")
        found = perhaps_here([stranger, Said(given, family, born, phone)], among=everybody)
        return sorted(found.get(1, []), key=lambda each: each.given_name)

    assert here("Ximena", "Callisaya", BORN) == [ximena]
    assert here("Jimena Rosa", "Yujra", BORN) == [ximena]
    assert here("Ximena", "Callisaya", None, PHONE) == [ximena]
    assert here("Beatris", "Callisaya", date(2000, 9, 1), PHONE) == [beatriz]
    assert here("Beatris", "Callisaya", date(1999, 4, 1), PHONE) == []
    assert here("Ximena", "Callisaya") == []
    assert here("Camila", "Callisaya", BORN, PHONE) == []
    assert here("Rosa", "Flores", None, PHONE) == []
    merge_persons(absorbed=beatriz, kept=rosa, reason="twice", by=None)
    assert here("Beatris", "Callisaya", date(2000, 9, 1), PHONE) == []
