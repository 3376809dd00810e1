"""The search through everybody: what it finds, and whom it takes for nobody else."""

from datetime import date

import pytest

from bench.people_twice import families
from trenza.apps.people.duplicates.search import LIKELY, Known, search
from trenza.core.ids import new_id

BORN = date(1998, 5, 14)
PHONE = "+59171234567"
# Whom the search compares with: how common a name is, it counts among them.
TOWN = [each.known for each in families(1_500, seed=3)]


def known(given_name: str, family_name: str, born: date | None = BORN, phone: str = PHONE) -> Known:
    return Known(new_id(), given_name, family_name, born, phone)


def found(*people: Known) -> list[tuple[str, str]]:
    """The pairs among these, in a town of others, by their names."""
    ours = {each.id: f"{each.given_name} {each.family_name}" for each in people}
    pairs = [pair for pair in search([*TOWN, *people]) if pair.one in ours and pair.other in ours]
    assert all(LIKELY <= pair.score <= 1 for pair in pairs)
    return sorted((min(two), max(two)) for two in ((ours[pair.one], ours[pair.other]) for pair in pairs))


@pytest.mark.parametrize(
    "again",
    [
        known("Ximena Rosa", "Callisaya Yujra"),
        known("Jimena Rosa", "Callisaya Yujra", phone=""),
        known("Ximena Rosa", "Yujra Callisaya", phone="+59160000000"),
        known("Ximena", "Callizaya Yujra", phone="+59160000000"),
        known("Ximena Rosa", "Callisaya", phone="+59160000000"),
        known("XIMENA ROSA", "CALLISAYA YUJRA", date(1998, 5, 15)),
    ],
    ids=["same", "misspelt", "swapped", "one name", "one surname", "a figure of the day"],
)
def test_her_second_record_is_found(again):
    assert len(found(known("Ximena Rosa", "Callisaya Yujra"), again)) == 1


def test_sisters_a_mother_and_a_twin_on_one_phone_are_not_taken_for_one():
    family = [
        known("Ximena Rosa", "Callisaya Yujra"),
        known("Beatriz", "Callisaya Yujra", date(2000, 1, 9)),
        known("Rosa Ester", "Callisaya Yujra", date(2003, 7, 30)),
        known("Ximena", "Yujra Mamani", date(1971, 2, 3)),
        known("Daniela Paola", "Callisaya Yujra"),
    ]

    assert found(*family) == []


def test_a_namesake_elsewhere_is_not_taken_for_her():
    assert found(known("María", "Quispe Mamani"), known("María", "Quispe Mamani", date(2001, 11, 2), "")) == []


def test_the_same_number_alone_is_not_the_same_person():
    assert found(known("Ximena", "Callisaya"), known("Beatriz", "Flores", date(1990, 1, 1))) == []


def test_names_of_any_kind_are_searched():
    people = [
        known("李", ""),
        known("", ""),
        known("de la", "de la Cruz"),
        known("\x00\U0001f600", "'; DROP TABLE x; --"),
    ]

    assert found(*people) == []
    assert search([]) == search(people[:1]) == []


def test_the_seeded_are_found_and_the_families_are_not():
    """What `make bench ONLY=duplicates_precision_at_recall_90` measures of two hundred thousand, of three thousand."""
    people = families(3_000, seed=11)
    same = {frozenset((each.known.id, each.again_of)) for each in people if each.again_of}
    pairs = [frozenset((pair.one, pair.other)) for pair in search([each.known for each in people])]
    right = [pair for pair in pairs if pair in same]

    assert len(same) == 150
    assert len(right) / len(same) >= 0.9
    assert len(right) / len(pairs) >= 0.98
