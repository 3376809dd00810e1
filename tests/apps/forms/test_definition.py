import pytest
from pydantic import ValidationError

from tests.apps.forms.questionnaires import definition, questionnaire
from trenza.apps.forms.definition.sections import FormDefinition


def with_question(**question: object) -> dict[str, object]:
    return definition(page=[{"code": "tu", "title": "Tú", "question": [question]}])


def test_questions_are_in_the_order_of_the_pages():
    assert [question.code for question in questionnaire().questions][:3] == ["name", "birth_date", "region"]
    assert len(questionnaire().questions) == 10


def test_that_fills_finds_the_question():
    found = questionnaire().that_fills("birth_date")

    assert found is not None
    assert found.code == "birth_date"
    assert questionnaire().that_fills("email") is None


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"code": "a", "type": "choice", "label": "A"}, "needs two choices"),
        ({"code": "a", "type": "text", "label": "A", "choices": [{"code": "x", "label": "X"}]}, "takes no choices"),
        ({"code": "a", "type": "text", "label": "A", "fills": "birth_date"}, "cannot fill birth_date"),
        (
            {"code": "a", "type": "choice", "label": "A", "choices": [{"code": "x", "label": "X"}] * 2},
            'the choice "x" stands twice',
        ),
        ({"code": "A", "type": "text", "label": "A"}, "pattern"),
        ({"code": "a", "type": "colour", "label": "A"}, "Input should be"),
        ({"code": "a", "type": "text", "label": "A", "colour": "red"}, "Extra inputs"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(question: dict[str, object], message: str):
    with pytest.raises(ValidationError, match=message):
        FormDefinition.model_validate(with_question(**question), strict=False)


def test_a_question_that_stands_twice_is_refused():
    page = {"title": "Tú", "question": [{"code": "a", "type": "text", "label": "A"}]}

    with pytest.raises(ValidationError, match='the question "a" stands twice'):
        FormDefinition.model_validate(definition(page=[page | {"code": "one"}, page | {"code": "two"}]), strict=False)


def test_two_questions_that_fill_the_same_are_refused():
    questions = [{"code": code, "type": "text", "label": "A", "fills": "given_name"} for code in ("a", "b")]

    with pytest.raises(ValidationError, match="two questions fill given_name"):
        FormDefinition.model_validate(
            definition(page=[{"code": "one", "title": "Tú", "question": questions}]), strict=False
        )
