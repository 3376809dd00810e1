import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.credentials.names import is_correction

LETTERS = st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F)
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=5)
CASES = st.sampled_from((str.upper, str.lower, str.title, str.swapcase))


@given(NAMES, CASES, st.randoms())
def test_accents_capitals_and_order_are_always_a_correction(words, case, random):
    other = [case(word) for word in words]
    random.shuffle(other)
    bare = "".join(each for each in unicodedata.normalize("NFD", " ".join(other)) if not unicodedata.combining(each))

    for after in (" ".join(other), bare):
        assert is_correction(" ".join(words), after)
        assert is_correction(after, " ".join(words))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rosa Quispe", "Rosa María Quispe de Flores"),
        ("Rosa María Quispe", "María"),
        ("Elvira Choqe", "Eva Choque"),
        ("Mariajosé", "María José"),
        ("María-José D'Angelo", "maria jose DAngelo"),
        ("De la Y", "Y de La"),
    ],
)
def test_name_of_hers_is_left(before, after):
    assert is_correction(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rosa Quispe", "Elvira Mamani"),
        ("Rosa de la Cruz", "Ana de la Fuente"),
        ("Rosa Quispe", "Ros Quis"),
        ("Rosa Quispe", "Rasa Condori"),
        ("R. Quispe", "R. Mamani"),
        ("Rosa Quispe", "123"),
    ],
)
def test_name_of_another(before, after):
    assert not is_correction(before, after)
