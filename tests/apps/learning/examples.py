"""A small published course for tests: its right answer is always the second choice, in `several` the first two.

With `exam=True` it ends with an exam of five questions, with `tests=True` it has a test before and after of five too.
"""

from dataclasses import replace

from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Choice, Course, Kind, Lesson, Prose, Question


def question(code: str, kind: Kind = "one") -> Question:
    right = {1} if kind == "one" else {0, 1}
    choices = tuple(Choice(f"choice {n}", n in right, f"<p>feedback {n}</p>") for n in range(3))
    return Question(code=code, kind=kind, prompt_html=f"<p>{code}?</p>", choices=choices, hint_html="<p>A hint</p>")


def lesson(code: str, *questions: Question, exam: bool = False) -> Lesson:
    return Lesson(
        code=code,
        title=code.capitalize(),
        minutes=5,
        summary="",
        blocks=(Prose("<p>Read this.</p>"), *questions),
        exam=exam,
    )


def an_exam() -> Lesson:
    return lesson("final", *(question(f"x{n}") for n in range(1, 6)), exam=True)


def a_test(form: str) -> Lesson:
    questions = (question(f"p{n}") for n in range(1, 6))
    return replace(lesson(f"tests-{form}", *questions, exam=True), title=f"Form {form}", test=form)


def sheet(right: int, *, blank: int = 0) -> list[list[int]]:
    """Answers to the exam, so many of them right and so many left out."""
    return [[1]] * right + [[0]] * (5 - right - blank) + [[]] * blank


def a_course(
    code: str = "uno", *, pass_score: float = 0.0, lessons: int = 2, exam: bool = False, tests: bool = False
) -> Course:
    first = lesson("first", question("a"), question("b", "several"))
    others = [lesson(f"lesson-{n}", question("c")) for n in range(2, lessons + 1)]
    return Course(
        code=code,
        title=code.capitalize(),
        summary="…",
        language="es",
        licence="CC-BY-SA-4.0",
        authors=("Trenza",),
        source="",
        pass_score=pass_score,
        lessons=(first, *others, *([an_exam()] if exam else [])),
        files={},
        tests=(a_test("a"), a_test("b")) if tests else (),
    )


def published(
    code: str = "uno", *, pass_score: float = 0.0, lessons: int = 2, exam: bool = False, tests: bool = False
) -> CourseVersion:
    course = a_course(code, pass_score=pass_score, lessons=lessons, exam=exam, tests=tests)
    return publish_course(course=course, by=None)
