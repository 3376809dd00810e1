"""An exam: `exam = true` on top of a lesson."""

import pytest

from tests.apps.learning.content.examples import (
    COURSE,
    QUESTION,
    body_errors,
    compile_body,
    compile_course,
    course_files,
    errors_of,
)
from trenza.apps.learning.content.advice import advise
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.report import weigh

FRONT = '+++\ntitle = "A password"\nminutes = 5\n'


def exam(value: str = "true", body: str = QUESTION) -> dict[str, bytes]:
    return course_files() | {"01-password.md": f"{FRONT}exam = {value}\n+++\n{body}".encode()}


def page(course: Course) -> str:
    return lesson_body_html(course, course.lessons[0])


def test_exam_is_told_by_its_front_matter():
    assert [compile_course(exam(value)).lessons[0].exam for value in ("true", "false")] == [True, False]


def test_page_of_an_exam_tells_nothing_of_its_answers():
    course = compile_course(exam())
    html = page(course)

    assert "Which one is the safest?" in html
    assert html.count('<input type="radio"') == 2
    for told in ("data-right", "data-fb", "hint", "guessed", "Long, and only yours", "somebody who knows you"):
        assert told not in html
    assert "data-right" in page(compile_body(QUESTION))  # a lesson for learning does tell


def test_page_of_an_exam_is_the_same_whichever_choice_is_right():
    turned = QUESTION.replace("[ ]", "[?]").replace("[x]", "[ ]").replace("[?]", "[x]")

    assert page(compile_course(exam())) == page(compile_course(exam(body=turned)))


def test_page_of_an_exam_says_who_grades_it_in_the_language_of_the_course():
    spanish = exam() | {"course.toml": COURSE.replace('"en"', '"es"').encode()}

    assert "It is graded when it arrives" in page(compile_course(exam()))
    html = page(compile_course(spanish))
    assert "Se califica cuando llega" in html
    assert "5 veces en un día" in html
    assert '<button class="btn">Entregar mis respuestas</button>' in html


def test_version_of_a_course_without_exams_is_what_it_was_before_there_were_any():
    assert compile_body(QUESTION).version == "14adcc64e7c7f931808b1ec354cd05ee197ae55047bc54412df7a693c79e6a21"
    assert compile_course(exam("false")).version == compile_body(QUESTION).version
    assert compile_course(exam()).version != compile_body(QUESTION).version


def test_folder_of_a_course_with_an_exam_is_the_same_course_again():
    course = compile_course(exam())

    assert compile_course(course.folder) == course


@pytest.mark.parametrize("value", ['"yes"', "1", "[]"])
def test_exam_that_is_neither_true_nor_false_is_wrong(value):
    assert errors_of(exam(value)) == [("01-password.md", 4, '"exam" is neither true nor false.')]


def test_exam_without_questions_is_wrong():
    assert errors_of(exam(body="Only words.")) == [("01-password.md", 4, "The exam asks nothing.")]
    assert body_errors("Only words.") == []


def test_hints_and_feedback_of_an_exam_are_advised_against():
    course = compile_course(exam())
    [remark] = advise(course, [weigh(course, course.lessons[0])])

    assert (remark.file, remark.line) == ("01-password.md", 6)
    assert remark.text.startswith("An exam shows neither hints nor feedback.")
