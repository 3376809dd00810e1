"""Syllables of Spanish words, as the Ortografía parts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.learning.content.quality.syllables import count_syllables

WORDS = {
    1: "y a el muy rey buey guion fue dio pues quien web PDF",
    2: "día país Raúl cuando pingüe agua cuida viuda leer oír maíz búho reyes ayer queso guerra ciudad prohibir huella",
    3: "video internet teatro poeta Uruguay jesuita lingüista guitarra héroe ahora cigüeña oíais",
    4: "aplicación seguridad caótico averigüéis teléfono mamífero aéreo contraseña oíamos vehículo",
    5: "oceánico almohadilla electricidad ciudadanía computadora",
    6: "inmediatamente",
}


@pytest.mark.parametrize(("word", "count"), [(word, count) for count, words in WORDS.items() for word in words.split()])
def test_syllables_of_a_word(word, count):
    assert count_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("construía", 3), ("construí", 2), ("chiita", 3), ("oíais", 3), ("DÍA", 2), ("di\u0301a", 2)],
)
def test_closed_vowels_and_their_accents(word, count):
    assert count_syllables(word) == count


@given(st.text())
def test_whatever_is_given_has_a_syllable(text):
    assert count_syllables(text) >= 1
