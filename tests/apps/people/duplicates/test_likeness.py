from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.people.duplicates.likeness import called_alike, days_alike, names_alike, parts


def test_parts_leave_out_small_words_and_accents():
    name = parts("María de los Ángeles", "de la Cruz Ñahui Quispe")

    assert name.surnames == "cruz nahui"
    assert name == ("maria angeles", "maria", "angeles", "cruz", "nahui")
    assert parts("De la", "").given == "de la"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ana María", "Quispe Mamani"), ("Ana", "Mamani Kispe")),
        (("Ximena", "Jiménez"), ("Jimena", "Ximenes Poma")),
        (("Xóchitl", "Nina"), ("xochitl", "")),
    ],
)
def test_one_name_in_two_spellings_is_alike(one, other):
    assert names_alike(parts(*one), parts(*other))
    assert names_alike(parts(*other), parts(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [(("Ana", "Quispe"), ("Berta", "Quispe")), (("Ana", "Quispe"), ("Ana", "Flores")), (("", ""), ("", ""))],
)
def test_sisters_and_namesakes_are_not(one, other):
    assert not names_alike(parts(*one), parts(*other))


def test_a_day_of_birth_may_be_the_same_where_one_part_is_wrong():
    day = date(1998, 5, 4)

    assert all(days_alike(day, other) for other in (None, day, date(1998, 4, 5), date(1989, 5, 4), date(1998, 6, 4)))
    assert not days_alike(day, date(1999, 6, 4))


def test_who_says_only_one_word_of_a_longer_name_is_not_taken_for_her():
    assert called_alike("Berta", "Kispe", "Berta Quispe Mamani")
    assert called_alike("Berta", "", "Berta")
    assert not called_alike("Berta", "", "Berta Quispe")
    assert not called_alike("Rosa", "Quispe", "Berta Quispe")


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_compared(one, other, third):
    assert names_alike(parts(one, other), parts(third, one)) == names_alike(parts(third, one), parts(one, other))
    assert isinstance(called_alike(one, other, third), bool)
