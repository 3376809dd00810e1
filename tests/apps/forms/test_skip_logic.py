"""Skip logic: what is asked of whom, what is dropped, and what the checker refuses."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trenza.apps.forms.actions.responses import keep_response, replace_answers
from trenza.apps.forms.answers import missing_answers
from trenza.apps.forms.applying import answers_that_apply, applying
from trenza.apps.forms.building import build_form
from trenza.apps.forms.definition.sections import FormDefinition
from trenza.apps.forms.models import Form

DEFINITION: dict[str, Any] = {
    "code": "beca",
    "title": "Beca",
    "page": [
        {
            "code": "casa",
            "title": "Tu casa",
            "question": [
                {"code": "children", "type": "whole_number", "label": "¿Cuántos hijos tienes?"},
                {
                    "code": "care",
                    "type": "yes_no",
                    "label": "¿Quién los cuida?",
                    "when": [{"question": "children", "at_least": 1}],
                },
                {
                    "code": "who",
                    "type": "text",
                    "label": "¿Cómo se llama?",
                    "when": [{"question": "care", "equals": True}],
                },
            ],
        },
        {
            "code": "cuidado",
            "title": "El cuidado",
            "when": [{"question": "care", "equals": True}],
            "question": [
                {
                    "code": "days",
                    "type": "choices",
                    "label": "¿Qué días?",
                    "choices": [{"code": "mon", "label": "Lunes"}, {"code": "tue", "label": "Martes"}],
                },
                {
                    "code": "hours",
                    "type": "whole_number",
                    "label": "¿Cuántas horas?",
                    "when": [{"question": "days", "one_of": ["mon"]}, {"question": "children", "at_most": 3}],
                },
            ],
        },
    ],
}
ALL: dict[str, Any] = {"children": 2, "care": True, "who": "Ana", "days": ["mon", "tue"], "hours": 4}


def questionnaire() -> FormDefinition:
    return FormDefinition.model_validate(DEFINITION, strict=False)


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, ["children", "care", "who", "days", "hours"]),
        ({"children": 4}, ["children", "care", "who", "days"]),
        ({"days": ["tue"]}, ["children", "care", "who", "days"]),
        ({"care": False}, ["children", "care"]),
        # What is not asked counts as unanswered for what follows from it.
        ({"children": 0}, ["children"]),
        ({"children": True}, ["children"]),
    ],
)
def test_applying_follows_from_earlier_answers(changes: dict[str, Any], asked: list[str]):
    answers = ALL | changes

    assert [question.code for question in applying(questionnaire(), answers)] == asked
    assert list(answers_that_apply(questionnaire(), answers)) == [code for code in ALL if code in asked]


def test_missing_answers_are_those_that_are_asked_of_her():
    assert missing_answers(questionnaire(), {}) == ["children"]
    assert missing_answers(questionnaire(), {"children": 0}) == []
    assert missing_answers(questionnaire(), {"children": 1, "care": True}) == ["who", "days"]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "children": st.integers(-1, 5),
            "care": st.booleans(),
            "who": st.just("Ana"),
            "days": st.lists(st.sampled_from(["mon", "tue"]), min_size=1, unique=True),
            "hours": st.integers(0, 9),
        },
    )
)
def test_dropping_what_is_not_asked_changes_nothing_more(answers: dict[str, Any]):
    once = answers_that_apply(questionnaire(), answers)

    assert answers_that_apply(questionnaire(), once) == once
    assert applying(questionnaire(), once) == applying(questionnaire(), answers)


def posted(**typed: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(f"q_{name}", value if isinstance(value, list) else [value])
    return data


def test_a_form_neither_requires_nor_keeps_what_is_not_asked():
    form = build_form(questionnaire(), posted(children="0", care="yes", who="x" * 300, hours="many"))

    assert form.is_valid(), form.errors
    assert form.answers() == {"children": 0}


def test_a_form_requires_what_is_asked():
    form = build_form(questionnaire(), posted(children="1", care="yes"))

    assert list(form.errors) == ["q_who", "q_days"]


@pytest.mark.django_db
def test_responses_hold_only_what_is_asked():
    form = Form.objects.create(programme="p", code="beca", title="Beca", definition=DEFINITION)

    response = keep_response(form=form, person=uuid4(), answers=ALL | {"children": 0})
    assert response.answers == {"children": 0}

    assert replace_answers(response=response, answers=ALL | {"care": False}).answers == {"children": 2, "care": False}


def test_sentences_say_of_whom_it_is_asked(settings: Any):
    settings.LANGUAGE_CODE = "es"
    form = build_form(questionnaire())
    sections = list(form.sections())

    said = [field.field.only_if for field in sections[0].fields[1:]] + [sections[1].only_if]  # type: ignore[attr-defined]
    assert said == [
        "Solo si en “¿Cuántos hijos tienes?” respondiste 1 o más.",
        "Solo si en “¿Quién los cuida?” respondiste “Sí”.",
        "Solo si en “¿Quién los cuida?” respondiste “Sí”.",
    ]
    assert sections[1].fields[1].field.only_if == (  # type: ignore[attr-defined]
        "Solo si en “¿Qué días?” respondiste “Lunes”. Solo si en “¿Cuántos hijos tienes?” respondiste 3 o menos."
    )


@pytest.mark.parametrize(
    "test", [{}, {"equals": 1, "at_least": 1}, {"at_least": 3, "at_most": 2}, {"one_of": []}, {"equals": [1]}]
)
def test_a_condition_has_exactly_one_test(test: dict[str, Any]):
    page = {"code": "p", "title": "P", "question": [{"code": "a", "type": "text", "label": "A"}]}

    with pytest.raises(ValidationError):
        FormDefinition.model_validate(
            {"code": "f", "title": "F", "page": [page | {"when": [{"question": "a", **test}]}]}, strict=False
        )
