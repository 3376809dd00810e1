"""What becomes of what a page sends: answers are kept as the question is written, by a form as by a script."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content import kinds
from trenza.apps.learning.content.asked import Asked, stored
from trenza.apps.learning.content.course import Question
from trenza.apps.learning.content.grading import grade

LESSON = {question.code: question for question in kinds.a_course().lessons[0].questions}
EXAM = {question.code: question for question in kinds.a_course(kinds.IN_EXAMS, exam=True).lessons[0].questions}
CODES = sorted(LESSON)


def posted(asked: Asked, form: Mapping[str, list[str]]) -> list[int]:
    return asked.posted(lambda name: form.get(name, []))


def form_of(question: Question, answer: list[int], *, exam: bool) -> dict[str, list[str]]:
    """What a page posts for an answer that is kept so."""
    shown = stored(question, exam=exam).get("shown", [])
    code = question.code
    if question.kind == "order":
        return {f"q.{code}.{place}": [str(answer.index(index) + 1)] for place, index in enumerate(shown)}
    if question.kind == "match":
        return {f"q.{code}.{number}": [str(shown.index(index))] for number, index in enumerate(answer)}
    written = {"profit": ["20", "60", "7"], "word": ["¡Contraseña!", "pass word", "user", "otra"]}
    return {f"q.{code}": [written[code][answer[0]] if code in written else str(answer[0])]}


@pytest.mark.parametrize("code", CODES)
def test_right_answer_is_right_and_wrong_ones_are_not(code):
    asked = Asked.of(LESSON[code])

    assert asked.key.is_right(asked.right)
    assert asked.right == kinds.RIGHT[code]
    assert asked.wrong
    assert not any(asked.key.is_right(wrong) for wrong in asked.wrong)
    assert all(asked.key.tidy(answer) == answer for answer in [asked.right, *asked.wrong])
    assert grade(LESSON[code], asked.right) == 1


@pytest.mark.parametrize("exam", [False, True])
@given(chance=st.randoms(use_true_random=False), code=st.sampled_from(CODES))
def test_form_and_script_keep_the_same_answer(exam, chance, code):
    if exam and code not in EXAM:
        return
    question = (EXAM if exam else LESSON)[code]
    asked = Asked.of(question, exam=exam)
    answer = asked.any_answer(chance)
    form = form_of(question, answer, exam=exam)
    sent = [asked.shown.index(index) for index in answer] if asked.shown else answer

    assert posted(asked, form) == answer
    assert asked.sent(sent) == answer
    assert grade(question, answer) == float(asked.key.is_right(answer))


def test_what_she_writes_is_kept_as_what_it_meets_alone():
    profit, word = Asked.of(EXAM["profit"], exam=True), Asked.of(EXAM["word"], exam=True)

    assert [profit.sent(each) for each in ("20,4 Bs", "60", "vivo en la calle 7")] == [[0], [1], [2]]
    assert [posted(word, {"q.word": [each]}) for each in ("¡CONTRASEÑA!", "mi clave es rosa1990", "  ")] == [
        [0],
        [3],
        [],
    ]


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        ("steps", [0, 0, 1]), ("steps", [0, 1]), ("steps", [0, 1, 3]), ("steps", [0, 1, -1]), ("steps", "0"),
        ("steps", []),
        ("pairs", [0]), ("pairs", [0, 3]), ("pairs", [0, 1, 2]),
        ("profit", [3]), ("profit", [0, 1]), ("profit", []),
        ("word", [4]), ("message", [0]), ("message", [4]), ("message", "robbed"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_answer_is_none(code, sent):
    assert Asked.of(LESSON[code]).sent(sent) is None


def test_right_side_may_be_chosen_twice():
    assert Asked.of(LESSON["pairs"]).sent([0, 0]) is not None


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("steps", {"q.steps.0": ["1"], "q.steps.1": ["1"], "q.steps.2": ["2"]}),
        ("steps", {"q.steps.0": ["1"], "q.steps.1": ["2"]}),
        ("steps", {"q.steps.0": ["1"], "q.steps.1": ["2"], "q.steps.2": ["x"]}),
        ("steps", {"q.steps": ["0", "1", "2"]}),
        ("pairs", {"q.pairs.0": ["1"], "q.pairs.1": [""]}),
        ("message", {"q.message": ["0"]}),
    ],
)
def test_form_that_answers_in_part_is_no_answer(code, form):
    assert posted(Asked.of(LESSON[code]), form) == []


@given(
    st.sampled_from(CODES),
    st.dictionaries(
        st.sampled_from([name for code in CODES for name in Asked.of(LESSON[code]).fields]), st.lists(st.text())
    ),
    st.lists(st.integers()) | st.text(),
)
def test_whatever_is_sent_is_an_answer_or_none(code, form, sent):
    asked = Asked.of(LESSON[code])

    for answer in (posted(asked, form), asked.sent(sent)):
        assert not answer or asked.key.tidy(answer) == answer


def test_questions_that_were_kept_before_are_read_as_ever():
    choices = [{"html": "a", "right": n != 1, "feedback": ""} for n in range(3)]
    old: dict[str, Any] = {"code": "a", "kind": "several", "prompt": "?", "hint": "", "choices": choices}
    asked = Asked(old)

    assert (asked.right, asked.sent([2, 0, 2]), asked.sent([]), asked.sent([3])) == ([0, 2], [0, 2], [], None)
    assert posted(asked, {"q.a": ["2", "9", "0"]}) == [0, 2]
    assert asked.wrong == [[1]]
    assert 0 <= asked.any_answer(random.Random(1))[0] < 3
