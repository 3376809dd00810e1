"""A small published course for tests: its right answer is always the second choice, in `several` the first two."""

from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Choice, Course, Kind, Lesson, Prose, Question


def question(code: str, kind: Kind = "one") -> Question:
    right = {1} if kind == "one" else {0, 1}
    choices = tuple(Choice(f"choice {n}", n in right, f"<p>feedback {n}</p>") for n in range(3))
    return Question(code=code, kind=kind, prompt_html=f"<p>{code}?</p>", choices=choices, hint_html="<p>A hint</p>")


def lesson(code: str, *questions: Question) -> Lesson:
    return Lesson(
        code=code, title=code.capitalize(), minutes=5, summary="", blocks=(Prose("<p>Read this.</p>"), *questions)
    )


def a_course(code: str = "uno", *, pass_score: float = 0.0, lessons: int = 2) -> Course:
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
        lessons=(first, *others),
        files={},
    )


def published(code: str = "uno", *, pass_score: float = 0.0, lessons: int = 2) -> CourseVersion:
    return publish_course(course=a_course(code, pass_score=pass_score, lessons=lessons), by=None)
