import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.core.words import MOST_WORDS, folded, matches, searchable, words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Contraseñas", "contrasenas"), ("MARÍA Ñuñez", "maria nunez"), ("Güiskil", "guiskil"), ("straße", "strasse")],
)
def test_folded_has_neither_accents_nor_capitals(text, plain):
    assert folded(text) == plain


@pytest.mark.parametrize("query", ["CONTRASENA", "contraseñas", "dos pasos", "maestras", "maestros", "maestr@s", ""])
def test_matches_finds_words_as_people_type_them(query):
    assert matches(words_of(query), searchable("Contraseña en dos pasos", "Para Maestr@s"))


@pytest.mark.parametrize("query", ["contraseñas python", "tres", "dos, tres"])
def test_matches_asks_for_every_word(query):
    assert not matches(words_of(query), searchable("Contraseña en dos pasos"))


def test_words_of_a_long_query_are_few():
    assert words_of("una palabra " * 1_000) == ["una", "palabra"] * (MOST_WORDS // 2)


@given(st.text())
def test_words_of_anything_are_found_in_it(text):
    assert matches(words_of(text), searchable(text))
