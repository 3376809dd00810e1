from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.admissions.definition.readiness_examples import TASKS
from trenza.apps.admissions.definition.readiness import ReadinessSection
from trenza.apps.admissions.readying import grade, right_of

CONTENT = ReadinessSection.model_validate(TASKS, strict=False)


def graded(**given: Any) -> dict[str, bool | None]:
    return {each.code: each.right for each in grade(CONTENT.task, given)}


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({}, [None, None, None]),
        ({"clave": ["palabras"]}, [True, None, None]),
        ({"clave": ["numeros"]}, [False, None, None]),
        ({"clave": ["numeros", "palabras"]}, [False, None, None]),
        ({"clave": ["nada"]}, [None, None, None]),
        ({"datos": ["video"]}, [None, False, None]),
        ({"datos": ["llamada", "video"]}, [None, True, None]),
        ({"datos": ["llamada", "video", "texto"]}, [None, False, None]),
        ({"escrito": ["  ROSA.mamani @ejemplo.com"]}, [None, None, True]),
        ({"escrito": ["rosa mamani"]}, [None, None, False]),
        ({"escrito": [" "]}, [None, None, None]),
    ],
)
def test_each_kind_of_task_is_graded(given: dict[str, list[str]], right: list[bool | None]):
    assert list(graded(**given).values()) == right


def test_what_she_reads_belongs_to_what_she_chose():
    [first, second, third] = grade(CONTENT.task, {"clave": ["numeros"], "datos": ["video"], "escrito": ["x"]})

    assert first.said == ("Es la primera que cualquiera prueba.",)
    assert second.said == ("Sí, mucho.",)
    assert third.said == ("Va todo junto.",)


@given(st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=300), max_size=9), max_size=5))
def test_whatever_is_given_every_task_is_graded(given: dict[str, list[str]]):
    found = grade(CONTENT.task, given)

    assert [each.code for each in found] == ["clave", "datos", "escrito"]
    assert 0 <= right_of(found) <= 3
