"""Cells in the many ways in which people write them."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.forms.api import Choice, Question
from trenza.portals.field.sheets import Broken, Formula
from trenza.portals.office.cells import (
    Wrong,
    a_country,
    a_day,
    a_name,
    a_phone,
    a_sex,
    an_answer,
    an_email,
)

ANYTHING = st.one_of(
    st.none(), st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.just(Formula()), st.just(Broken()),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(1991, 3, 14), "1991-03-14"),
        (33311, "1991-03-14"),
        (33311.0, "1991-03-14"),
        ("33311", "1991-03-14"),
        ("14/03/1991", "1991-03-14"),
        ("14/3/1991", "1991-03-14"),
        (" 14-03-1991 ", "1991-03-14"),
        ("14.03.1991", "1991-03-14"),
        ("14 03 1991", "1991-03-14"),
        ("1991-03-14", "1991-03-14"),
        ("1991-03-14 00:00:00", "1991-03-14"),
        ("14 de marzo de 1991", "1991-03-14"),
        ("14 mar 1991", "1991-03-14"),
        ("2 de setiembre del 1984", "1984-09-02"),
        ("05/04/2001", "2001-04-05"),
        ("29/02/2000", "2000-02-29"),
        ("", ""),
        (None, ""),
    ],
)
def test_days_are_understood_with_the_day_in_front(cell: Any, day: str):
    assert a_day(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["14/03/91", "1991", 1991, "03/14/1991", "29/02/2001", "31/12/2999", "1/1/1899", "ayer", True, 10**9, "٣/٤/2001"],
)
def test_days_that_could_mean_something_else_are_asked_again(cell: Any):
    with pytest.raises(Wrong, match=" "):
        a_day(cell)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("  María\u00a0del   Carmen ", "María del Carmen"),
        ("An\u200ba", "Ana"),
        ("Jose\u0301", "José"),
        ("Ñusta\nQ.", "Ñusta Q."),
        ("O'Brien-Peña", "O'Brien-Peña"),
        (None, ""),
    ],
)
def test_names_lose_odd_spaces_and_nothing_else(cell: Any, name: str):
    assert a_name(cell) == name


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK()", "+Ana", "@ana", "123", "<b>Ana</b>", "x" * 121, 7, True, Formula(), Broken()]
)
def test_what_is_no_name_is_refused(cell: Any):
    with pytest.raises(Wrong):
        a_name(cell)


def test_addresses_are_in_small_letters_and_whole():
    assert an_email(" Ana.Choque@Ejemplo.BO ") == "ana.choque@ejemplo.bo"
    assert an_email("mailto:ana@ejemplo.bo") == "ana@ejemplo.bo"
    for wrong in ("ana", "ana@", "a@b", "ana@ejemplo.bo; eva@ejemplo.bo", Formula()):
        with pytest.raises(Wrong):
            an_email(wrong)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [(71234567.0, "71234567"), ("+591 712-34567", "+59171234567"), ("(2) 2712345", "22712345"), ("", "")],
)
def test_phones_are_digits(cell: Any, phone: str):
    assert a_phone(cell) == phone


def test_sexes_and_countries_are_known_by_their_names():
    assert [a_sex(cell) for cell in ("Mujer", "FEMENINO", "f", "varón", "Otro", "")] == [
        "female", "female", "female", "male", "other", "",
    ]  # fmt: skip
    assert [a_country(cell) for cell in ("Bolivia", "BO", "bol", "México", "Perú", "el salvador", "")] == [
        "BO", "BO", "BO", "MX", "PE", "SV", "",
    ]  # fmt: skip
    for wrong, reader in (("M", a_sex), ("Narnia", a_country)):
        with pytest.raises(Wrong):
            reader(wrong)


def a_question(type: Any) -> Question:
    choices = (Choice(code="uno", label="La primera"), Choice(code="dos", label="La segunda"))
    return Question(code="q", type=type, label="¿Qué?", choices=choices if type in ("choice", "choices") else ())


@pytest.mark.parametrize(
    ("type", "cell", "answer"),
    [
        ("yes_no", "Sí", True),
        ("yes_no", "NO", False),
        ("yes_no", True, True),
        ("whole_number", 3.0, 3),
        ("whole_number", "12", 12),
        ("choice", "la PRIMERA", "uno"),
        ("choice", "dos", "dos"),
        ("choices", "La primera; dos", ["uno", "dos"]),
        ("date", "14/03/1991", "1991-03-14"),
        ("text", " hola  tú ", "hola tú"),
        ("text", "", None),
        ("date", "", None),
    ],
)
def test_answers_are_those_of_the_question(type: str, cell: Any, answer: Any):
    assert an_answer(a_question(type), cell) == answer


@pytest.mark.parametrize(
    ("type", "cell"),
    [("yes_no", "quizás"), ("whole_number", "tres"), ("whole_number", "٣"), ("choice", "otra"), ("text", Formula())],
)
def test_what_is_no_answer_is_refused(type: str, cell: Any):
    with pytest.raises(Wrong):
        an_answer(a_question(type), cell)


@given(ANYTHING)
def test_any_cell_gives_a_value_or_a_sentence(cell: Any):
    readers = [a_country, a_day, a_name, a_phone, a_sex, an_email]
    for reader in readers:
        with suppress(Wrong):
            assert isinstance(reader(cell), str)
    for type in ("yes_no", "whole_number", "choice", "choices", "date", "text"):
        with suppress(Wrong):
            an_answer(a_question(type), cell)
