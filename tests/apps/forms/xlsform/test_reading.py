"""From the rows of an XLSForm to a form of ours, with what cannot be carried over told by its row."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trenza.apps.forms.xlsform import Sheets, Untaken, form_of

SURVEY = [
    {"type": "start", "name": "start"},
    {"type": "begin_group", "name": "Datos", "label::Español (es)": "Tus datos", "label::English (en)": "Your data"},
    {"type": "note", "name": "n1", "label::Español (es)": "Toma <b>cinco</b> minutos."},
    {"type": "text", "name": "Nombre", "label::Español (es)": "¿Cómo te llamas?", "required": "yes"},
    {"type": "integer", "name": "hijos", "label::Español (es)": "¿Cuántos hijos?", "hint": "0 si ninguno"},
    {"type": "end_group"},
    {"type": "select_one sino", "name": "correo", "label": "¿Tienes correo?", "required": "true()"},
    {"type": "begin group", "name": "mas", "label": "Más", "relevant": "${correo} = 'si'"},
    {"type": "select_multiple dias", "name": "dias", "label": "¿Qué días?"},
    {"type": "begin_group", "name": "dentro", "label": "Dentro", "relevant": "${hijos} > 0"},
    {"type": "select_one dias", "name": "mejor", "label": "¿Cuál, ${Nombre}?", "relevant": "selected(${dias}, 'lun')"},
    {"type": "end_group"},
    {"type": "geopoint", "name": "gps", "label": "¿Dónde?"},
    {"type": "text", "name": "por_que", "label": "¿Por qué?", "appearance": "multiline", "constraint": "regex(., 'x')"},
    {"type": "end group"},
]  # fmt: skip
CHOICES = [
    {"list_name": "sino", "name": "si", "label": "Sí"},
    {"list_name": "sino", "name": "no", "label": "No"},
    {"list_name": "dias", "name": "lun", "label": "Lunes"},
    {"list_name": "dias", "name": "Mar", "label": "Martes"},
]


def sheets(survey: list[dict[str, str]] = SURVEY, **more: Any) -> Sheets:
    tables = {"survey": survey, "choices": CHOICES, "settings": [{"form_title": "Inscripción 2026"}]} | more
    return {name: list(enumerate(rows, 2)) for name, rows in tables.items()}


def test_a_workbook_becomes_a_form_and_what_is_lost_is_told():
    form, told = form_of(sheets())

    assert form.model_dump(mode="json", exclude_defaults=True) == {
        "code": "inscripcion-2026",
        "title": "Inscripción 2026",
        "page": [
            {
                "code": "datos",
                "title": "Tus datos",
                "question": [
                    {"code": "nombre", "type": "text", "label": "¿Cómo te llamas?", "help": "Toma cinco minutos."},
                    {
                        "code": "hijos", "type": "whole_number", "label": "¿Cuántos hijos?", "help": "0 si ninguno",
                        "required": False,
                    },
                ],
            },
            {
                "code": "pagina",
                "title": "Inscripción 2026",
                "question": [{"code": "correo", "type": "yes_no", "label": "¿Tienes correo?"}],
            },
            {
                "code": "mas",
                "title": "Más",
                "when": [{"question": "correo", "equals": True}],
                "question": [
                    {
                        "code": "dias", "type": "choices", "label": "¿Qué días?", "required": False,
                        "choices": [{"code": "lun", "label": "Lunes"}, {"code": "mar", "label": "Martes"}],
                    },
                    {
                        "code": "mejor", "type": "choice", "label": "¿Cuál, …?", "required": False,
                        "choices": [{"code": "lun", "label": "Lunes"}, {"code": "mar", "label": "Martes"}],
                        "when": [{"question": "hijos", "at_least": 1}, {"question": "dias", "equals": "lun"}],
                    },
                    {"code": "por_que", "type": "long_text", "label": "¿Por qué?", "required": False},
                ],
            },
        ],
    }  # fmt: skip
    assert [(each.sheet, each.row) for each in told] == [
        ("survey", 2), ("survey", 3), ("survey", 11), ("survey", 12), ("survey", 14), ("survey", 15),
    ]  # fmt: skip


def test_a_relevance_that_cannot_be_said_is_told_by_its_row():
    survey = [*SURVEY[:7], {"type": "text", "name": "x", "label": "X", "relevant": "${Nombre} != ''"}]

    form, told = form_of(sheets(survey))

    assert form.question("x").when == ()  # type: ignore[union-attr]
    assert told[-1].row == 9
    assert "“!=” no se puede decir." in told[-1].text


def test_what_repeats_is_not_asked():
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin_repeat", "name": "hijos", "label": "Hijos"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end_repeat"},
    ]

    form, told = form_of(sheets(survey))

    assert [question.code for question in form.questions] == ["a"]
    assert [each.row for each in told] == [4]


@pytest.mark.parametrize(
    "survey",
    [
        [],
        [{"type": "geopoint", "name": "x"}],
        [{"type": "text", "name": f"q{n}", "label": "Q"} for n in range(201)],
    ],
)
def test_what_no_form_can_be_made_of_is_refused(survey: list[dict[str, str]]):
    with pytest.raises(Untaken):
        form_of(sheets(survey))


@settings(max_examples=200)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "type": st.sampled_from(
                    ["text", "integer", "select_one dias", "select_one", "begin_group", "end_group", "begin_repeat",
                     "end_repeat", "note", "", "date", "calculate", "select_multiple nada"]
                ) | st.text(max_size=5),
                "name": st.sampled_from(["a", "b", "A", "__", "ñ"]) | st.text(max_size=5),
                "label": st.text(max_size=12),
                "relevant": st.sampled_from(["", "${a} = 1", "${b} = 'lun'"]),
                "required": st.sampled_from(["yes", "", "${a} = 1"]),
            },
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_rows_become_a_form_or_are_refused(survey: list[dict[str, str]]):
    with suppress(Untaken):
        assert form_of(sheets(survey))[0].questions
