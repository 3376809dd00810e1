"""A reader sees every question of a course and nothing of its keys; what she answers is graded as a learner's is."""

from pathlib import Path

import pytest

from tests.apps.learning.content import kinds
from tools.reading import LETTERS, main, mixed, read, scored, shown
from trenza.apps.learning.content.course import Match, Number, Question, Scenario, Text

PROGRAMMES = Path(__file__).resolve().parents[2] / "programmes"
COURSE = kinds.a_course().lessons


def answers(question: Question, lesson: str) -> str:
    """A right answer, as a reader writes it."""
    order = mixed(lesson, question)
    match question.details:
        case Match():
            return " ".join(f"{LETTERS[at]}{order.index(at) + 1}" for at in range(len(question.choices)))
        case Number(ranges=ranges):
            return ranges[question.right[0]][0]
        case Text(accepted=accepted):
            return accepted[question.right[0]]
        case Scenario():
            return LETTERS[question.right[0]]
    right = range(len(order)) if question.kind == "order" else question.right
    return "".join(LETTERS[order.index(index)] for index in right)


RIGHT = {
    f"{lesson.code}/{question.code}": answers(question, lesson.code)
    for lesson in COURSE
    for question in lesson.questions
}


def test_reader_is_shown_every_question_and_nothing_that_tells():
    text = "\n".join(shown(COURSE))

    told = [
        words
        for lesson in COURSE
        for question in lesson.questions
        for words in (question.hint_html, *(choice.feedback_html for choice in question.choices))
        if words
    ]
    assert told
    assert [words for words in told if words in text] == []
    assert all(f"[[{name}" in text for name in RIGHT)


def test_right_answers_are_right_and_what_is_missing_is_told():
    missing = next(iter(RIGHT))

    assert scored(COURSE, RIGHT) == (len(RIGHT), [])
    assert scored(COURSE, {**RIGHT, missing: ""})[1] == [f"{missing}: not answered"]


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("answer", ["P", "ABCDEFGHIJKLMNOP", "A99", "999", "?", "x" * 5_000])
def test_any_other_answer_is_not_right(name, answer):
    assert len(scored(COURSE, {**RIGHT, name: answer})[1]) == 1


@pytest.mark.parametrize(
    ("folder", "parts"),
    [
        ("courses/mentoria", ["tests-a", "tests-b"]),
        ("../tigo-conectadas/level-check", ["basic", "intermediate", "advanced"]),
    ],
)
def test_tests_and_banks_are_read_as_courses_are(folder, parts):
    lessons = read(PROGRAMMES / "iyf-conectadas" / folder)
    right = {f"{each.code}/{item.code}": answers(item, each.code) for each in lessons for item in each.questions}

    assert [lesson.code for lesson in lessons][-len(parts) :] == parts
    assert all(lesson.questions for lesson in lessons)
    assert scored(lessons, right) == (len(right), [])
    assert len(scored(lessons, dict.fromkeys(right, ""))[1]) == len(right)


def test_what_cannot_be_read_is_said(tmp_path, capsys):
    (tmp_path / "answers.json").write_text("[")

    assert main(["show", str(tmp_path / "nothing")]) == 2
    assert main(["score", "programmes/tigo-conectadas/courses/tu-telefono", str(tmp_path / "answers.json")]) == 2
    assert main([]) == 2
    assert "score FOLDER ANSWERS" in capsys.readouterr().err
