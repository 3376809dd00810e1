"""What of `relevant` can be said by conditions of ours."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.forms.xlsform.relevance import CannotSay, conditions_of

ASKED: dict[str, dict[str, Any]] = {
    "hijos": {"code": "hijos", "type": "whole_number"},
    "correo": {"code": "correo", "type": "yes_no", "answers": {"si": True, "no": False}},
    "Equipo": {"code": "equipo", "type": "choice", "codes": {"cel": "cel", "pc": "pc"}},
    "dias": {"code": "dias", "type": "choices", "codes": {"lun": "lun", "mar": "mar"}},
    "nombre": {"code": "nombre", "type": "text"},
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${correo} = 'si'", [{"question": "correo", "equals": True}]),
        ('${ correo }="no"', [{"question": "correo", "equals": False}]),
        ("selected(${dias}, 'lun')", [{"question": "dias", "equals": "lun"}]),
        ("${Equipo}='cel' or ${Equipo}='pc'", [{"question": "equipo", "one_of": ["cel", "pc"]}]),
        ("${hijos} > 0", [{"question": "hijos", "at_least": 1}]),
        ("${hijos} >= 1 and ${hijos} < 4", [{"question": "hijos", "at_least": 1, "at_most": 3}]),
        ("(${hijos} = 2)", [{"question": "hijos", "equals": 2}]),
        (
            "(${correo}='si') and (selected(${dias},'lun') or selected(${dias},'mar'))",
            [{"question": "correo", "equals": True}, {"question": "dias", "one_of": ["lun", "mar"]}],
        ),
    ],
)
def test_tests_of_one_question_each_become_conditions(text: str, said: list[dict[str, Any]]):
    assert conditions_of(text, ASKED) == said


@pytest.mark.parametrize(
    "text",
    [
        "", "${correo}", "${correo} != 'si'", "not(${correo}='si')", "${edad} > 17", "${nombre} = 'Ana'",
        "${Equipo} = 'fax'", "${correo} = 'tal vez'", "${correo}='si' or ${hijos}=1", "${hijos} > 0.5",
        "${hijos} = '=1+1'", "(" * 200 + "${hijos}=1" + ")" * 200, "count(${dias}) > 1", "${hijos} = 1 ${hijos} = 2",
        "${correo}='si' or (${hijos}=1 and ${correo}='no')", "🌸",
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told(text: str):
    with pytest.raises(CannotSay) as told:
        conditions_of(text, ASKED)

    assert str(told.value)


@given(st.text(alphabet="${}()correohijs='<>!=, andoselectd0123456789\"", max_size=60))
def test_any_text_is_said_or_told(text: str):
    with suppress(CannotSay):
        assert isinstance(conditions_of(text, ASKED), list)
