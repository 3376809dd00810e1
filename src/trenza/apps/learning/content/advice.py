"""What an author may want to change although her course can be published as it is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.body import LICENCES
from trenza.apps.learning.content.course import Course, Lesson, Number, Question, Text
from trenza.apps.learning.content.manifest import NAME, key_line
from trenza.apps.learning.content.mixing import shown_order
from trenza.apps.learning.content.report import LessonWeight, Remark


def advise(course: Course, weights: Sequence[LessonWeight]) -> tuple[Remark, ...]:
    """Lessons too heavy for a poor connection, a licence that nobody can look up, what is said twice."""
    return (
        *_heavy(course, weights),
        *_licence(course),
        *_titles(course),
        *_questions(course),
        *_exams(course),
        *_shown_right(course),
    )


def _heavy(course: Course, weights: Sequence[LessonWeight]) -> Iterator[Remark]:
    for weight in weights:
        if weight.heavy:
            yield Remark(
                _file(course, weight.code),
                0,
                f"{weight.body_size / 1024:.1f} KB compressed, more than {limits.BODY_WARNING // 1024} KB: divide it, "
                "or nobody with a poor connection will see it at once.",
            )
        if weight.image_size > limits.IMAGES_WARNING:
            yield Remark(
                _file(course, weight.code),
                0,
                f"Its images have {weight.image_size // 1024} KB, more than {limits.IMAGES_WARNING // 1024} KB: "
                "take out those that show nothing new, or divide it.",
            )


def _licence(course: Course) -> Iterator[Remark]:
    if course.licence not in LICENCES:
        yield Remark(
            NAME,
            key_line(_text(course, NAME), "licence"),
            f'Nobody can look up the licence "{course.licence}" from a lesson. Known are: {", ".join(LICENCES)}.',
        )


def _titles(course: Course) -> Iterator[Remark]:
    titles = Counter(lesson.title for lesson in course.lessons)
    for lesson in course.lessons:
        if titles[lesson.title] > 1:
            file = _file(course, lesson.code)
            line = key_line(_text(course, file), "title")
            yield Remark(file, line, f'Another lesson is called "{lesson.title}" too. Give each a title of its own.')


def _questions(course: Course) -> Iterator[Remark]:
    """A question that is asked twice, word for word, with the same choices."""
    asked: dict[object, list[tuple[Lesson, Question]]] = defaultdict(list)
    for lesson in course.lessons:
        for question in lesson.questions:
            asked[question.prompt_html, tuple(choice.html for choice in question.choices)].append((lesson, question))
    for (first, _), *others in asked.values():
        for lesson, question in others:
            file = _file(course, lesson.code)
            line = _question_line(_text(course, file).split("\n"), question.code)
            yield Remark(file, line, f"{_file(course, first.code)} asks the same question. Ask something else.")


def _exams(course: Course) -> Iterator[Remark]:
    """Feedback and hints of an exam or a test, which are never shown, for they would tell what is right."""
    for lesson in (*course.lessons, *course.tests):
        for question in lesson.questions:
            if lesson.exam and _tells(question):
                file = _file(course, lesson.code)
                code = f"{question.code}-{lesson.test}" if lesson.test else question.code
                line = _question_line(_text(course, file).split("\n"), code)
                yield Remark(file, line, "An exam shows neither hints nor feedback. Take them out, or teach with them.")


def _shown_right(course: Course) -> Iterator[Remark]:
    """Steps and pairs of an exam that stand in the right order at once. In lessons they are turned; here that would
    tell (mixing.py)."""
    for lesson in course.lessons:
        for question in lesson.questions if lesson.exam else ():
            shown = shown_order(question, exam=True)
            if shown and shown == tuple(range(len(shown))):
                file = _file(course, lesson.code)
                line = _question_line(_text(course, file).split("\n"), question.code)
                yield Remark(file, line, "By its code this question is shown in the right order by chance. Change it.")


def _tells(question: Question) -> bool:
    other = question.details.other_html if isinstance(question.details, Number | Text) else ""
    return bool(question.hint_html or other) or any(choice.feedback_html for choice in question.choices)


def _question_line(lines: Iterable[str], code: str) -> int:
    written = re.compile(rf":::+\s*question\s+{re.escape(code)}\s")
    return next((number for number, line in enumerate(lines, start=1) if written.match(line)), 0)


def _file(course: Course, code: str) -> str:
    """The file of a lesson; its code with an ending, where the course was compiled from no folder."""
    form = next((test.test for test in course.tests if test.code == code), "")
    stem = code.removesuffix(f"-{form}") if form else code
    found = (name for name in course.folder if name.endswith(".md") and PurePosixPath(name).stem == stem)
    return next(found, f"{code}.md")


def _text(course: Course, name: str) -> str:
    return course.folder.get(name, b"").decode("utf-8-sig", "replace")
