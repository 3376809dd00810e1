from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.forms.questionnaires import ANSWERS, POSTED, REGIONS, questionnaire
from trenza.apps.forms.answers import check_answers, missing_answers
from trenza.apps.forms.building import QuestionnaireForm, build_form


def posted(**changes: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in (POSTED | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def filled_form(**changes: Any) -> QuestionnaireForm:
    return build_form(questionnaire(), posted(**changes), regions=REGIONS)


def codes(form: QuestionnaireForm) -> dict[str, list[str | None]]:
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


def test_answers_are_json():
    form = filled_form()

    assert form.is_valid(), form.errors
    assert form.answers() == ANSWERS


def test_answers_pass_their_own_check():
    check_answers(questionnaire(), ANSWERS)
    assert missing_answers(questionnaire(), ANSWERS) == []


def test_what_is_left_empty_has_no_answer():
    form = filled_form(q_mail="", q_phone=" ", q_why="", q_children="", q_days=[])

    assert form.is_valid(), form.errors
    assert form.answers().keys() == {"name", "birth_date", "region", "has_email", "device"}


def test_filled_gives_the_attributes_of_the_person():
    form = filled_form()

    assert form.is_valid()
    assert form.filled() == {"birth_date": date(1995, 3, 7), "phone": "+59171234567"}


def test_an_empty_form_says_what_is_missing():
    form = build_form(questionnaire(), QueryDict(), regions=REGIONS)

    assert codes(form) == {
        f"q_{code}": ["required"] for code in ("name", "birth_date", "region", "has_email", "device")
    }


def test_the_form_keeps_what_was_typed():
    form = filled_form(q_birth_date_day="31", q_birth_date_month="2", q_name="")

    shown = str(form)
    assert codes(form) == {"q_birth_date": ["day"], "q_name": ["required"]}
    assert 'value="31"' in shown
    assert "Quiero vender mejor" in shown
    assert 'value="juana@ejemplo.bo"' in shown
    assert shown.count(" checked") == 5


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"q_birth_date_year": "95"}, {"q_birth_date": ["year"]}),
        ({"q_birth_date_month": "marzo"}, {"q_birth_date": ["numbers"]}),
        ({"q_birth_date_day": ""}, {"q_birth_date": ["numbers"]}),
        ({"q_phone": "no tengo"}, {"q_phone": ["phone"]}),
        ({"q_mail": "juana"}, {"q_mail": ["invalid"]}),
        ({"q_children": "dos"}, {"q_children": ["invalid"]}),
        ({"q_children": "-1"}, {"q_children": ["min_value"]}),
        ({"q_region": "lima"}, {"q_region": ["invalid_choice"]}),
        ({"q_device": "fax"}, {"q_device": ["invalid_choice"]}),
        ({"q_why": "a" * 2_001}, {"q_why": ["max_length"]}),
        ({"q_name": "a" * 255}, {"q_name": ["max_length"]}),
        ({"q_name": "a\x00b"}, {"q_name": ["null_characters_not_allowed"]}),
    ],
)
def test_a_wrong_answer_is_explained(changes: dict[str, Any], expected: dict[str, list[str]]):
    assert codes(filled_form(**changes)) == expected


def test_answers_can_be_shown_again():
    again = build_form(questionnaire(), initial=ANSWERS, regions=REGIONS)

    assert again["q_has_email"].initial == "yes"
    assert again["q_birth_date"].initial == date(1995, 3, 7)
    assert 'value="1995"' in str(again)


def test_sections_hold_every_question_once():
    sections = list(filled_form().sections())

    assert [section.title for section in sections] == ["Sobre ti", "Sobre el curso"]
    assert [field.name for section in sections for field in section.fields] == [
        f"q_{question.code}" for question in questionnaire().questions
    ]


@given(st.dictionaries(st.sampled_from(sorted(POSTED)), st.text(max_size=30) | st.lists(st.text(max_size=5))))
def test_whatever_is_posted_is_taken_or_explained(changes: dict[str, Any]):
    form = filled_form(**changes)

    if form.is_valid():
        check_answers(questionnaire(), form.answers())
    else:
        assert form.errors
    assert str(form)
