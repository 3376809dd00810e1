"""What she writes, as it is read: numbers as people write them here, words whatever their capitals and accents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.learning.content.written import fold, meet_number, meet_text, readings

NUMBERS = {
    "20": ["20"],
    " 20 Bs. ": ["20"],
    "Bs.20": ["20"],
    "$20.50": ["20.50"],
    "20,5": ["20.5"],
    "-3": ["-3"],
    "− 3": ["3"],
    "1.500": ["1500", "1.500"],
    "0.500": ["0.500"],
    "1,500.75": ["1500.75"],
    "1.500,75": ["1500.75"],
    "1.234.567": ["1234567"],
    "1 500": ["1500"],
    "12’500": ["12500"],
    "1\u00a0500": ["1500"],
    ".5": ["0.5"],
    "20.": ["20"],
    "２０": ["20"],
    "1.5.0": [],
    "1,50,0.5": [],
    "1.500.75": [],
    "20 30": [],
    "2-3": [],
    "½": [],
    "veinte": [],
    "": [],
    "1234567890123456": [],
}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.items())
def test_number_is_read_as_people_write_it(written, expected):
    assert readings(written) == [Decimal(each) for each in expected]


def test_number_of_two_readings_meets_thousands_before_decimals():
    assert meet_number("1.500", [["1.5", "1.5"], ["1500", "1500"]]) == 1
    assert meet_number("1.500", [["1.5", "1.5"]]) == 0
    assert meet_number("7", [["1.5", "1.5"]]) == 1


@given(st.decimals(-(10**9), 10**9, places=2))
def test_number_is_read_back_with_either_mark(number):
    assert readings(f"{number:f}") == [number]
    assert readings(f"{number:f}".replace(".", ",")) == [number]
    assert number in readings(f"{number:,f} bolivianos")
    assert number in readings(f"{number:,f}".translate(str.maketrans(",.", ".,")))


@given(st.text())
def test_whatever_is_written_is_read_without_fault(written):
    assert meet_number(written, [["1", "2"]]) in (0, 1)
    assert meet_text(written, ["clave"]) in (0, 1)
    assert fold(fold(written)) == fold(written)


@pytest.mark.parametrize("written", ["contraseña", " CONTRASEÑA. ", "Contrasena", "¡contrasen\u0303a!"])
def test_words_are_compared_without_capitals_accents_and_punctuation(written):
    assert meet_text(written, ["clave", "contrasena"]) == 1


def test_words_keep_their_spaces_but_not_double():
    assert fold("  dos   Palabras\n") == "dos palabras"
    assert fold("e-mail") == "email"
    assert fold("dos palabras") != fold("dospalabras")
