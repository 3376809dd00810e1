from typing import Any

import pytest

from tests.apps.forms.questionnaires import ANSWERS, questionnaire
from trenza.apps.forms.answers import AnswersNotValid, check_answers, missing_answers


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("unknown", "x"),
        ("name", ""),
        ("name", 3),
        ("birth_date", "31/02/2000"),
        ("has_email", "yes"),
        ("children", True),
        ("device", "fax"),
        ("days", []),
        ("days", ["sun"]),
        ("why", "a" * 2_001),
    ],
)
def test_answers_that_no_page_could_send_are_refused(code: str, answer: Any):
    with pytest.raises(AnswersNotValid) as refused:
        check_answers(questionnaire(), ANSWERS | {code: answer})

    assert refused.value.questions == [code]


def test_missing_answers_are_the_required_ones_in_order():
    assert missing_answers(questionnaire(), {"name": "Juana"}) == ["birth_date", "region", "has_email", "device"]
