"""A guide for who teaches: read once, on no page of a learner, and a page of its own."""

import pytest

from tests.apps.learning.content.examples import (
    FRONT,
    QUESTION,
    body_errors,
    compile_body,
    compile_course,
    course_files,
)
from tests.apps.learning.content.examples import errors_of as errors
from tests.apps.learning.content.test_body import Balance
from trenza.apps.learning.api import guide_html
from trenza.apps.learning.content.archive import pack, unpack
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.guides import guide_content

GUIDE = """\
:::: guide
**Purpose:** that she knows.

1. Ask. ![A red bar](images/a.png)

::: note
With few phones: in threes.
:::
::::
"""


def test_guide_is_on_no_page_of_a_learner():
    course = compile_body(f"One.\n\n{GUIDE}\n{QUESTION}")
    (lesson,) = course.lessons
    body = lesson_body_html(course, lesson)

    assert lesson.guide_html.startswith("<p><strong>Purpose:</strong> that she knows.</p>")
    assert '<div class="card note">' in lesson.guide_html
    assert "red bar" in lesson.guide_html
    assert [words in body for words in ("Purpose", "red bar", "in threes", "One.")] == [False, False, False, True]
    assert len(course.files) == 1
    assert compile_course(unpack(pack(course.folder))) == course


def test_guide_names_the_version():
    versions = {compile_body(f"One.\n\n{text}").version for text in ("", GUIDE, GUIDE.replace("knows", "sees"))}

    assert len(versions) == 3


def test_page_of_a_guide_has_its_lessons_title_competences_and_licence():
    front = FRONT.replace("minutes = 5", 'minutes = 5\ndigcomp = ["1.2", "4.1"]')
    course = compile_course({**course_files(), "01-password.md": f"{front}One.\n\n{GUIDE}".encode()})
    (lesson,) = course.lessons

    html = guide_html(lesson_body_html(course, lesson), guide_content(lesson, "en"), title="A <b>", language="en")

    said = ("<h1>A &lt;b&gt;</h1>", "Guide to give this session", "<small>Competences of DigComp 2.2: 1.2, 4.1</small>")
    assert [words in html for words in (*said, "CC BY-SA 4.0", "data-kept", "One.")] == [True] * 5 + [False]
    tags = Balance()
    tags.feed(html)
    assert tags.open == []


def test_lesson_without_a_guide_has_none():
    (lesson,) = compile_body("One.\n").lessons

    assert guide_content(lesson, "en") == ""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("One.\n\n::: guide\n:::\n", (7, "The guide is empty.")),
        ("One.\n\n::: guide For her\nA\n:::\n", (7, "A guide has no title.")),
        ("One.\n\n::: guide\nA\n:::\n\n::: guide\nB\n:::\n", (11, "A second guide begins here.")),
        (":::: note\n::: guide\nA\n:::\n::::\n", (6, "A guide stands within something else.")),
        (f"One.\n\n:::: guide\n{QUESTION}::::\n", (8, "A question stands within something else.")),
        ("::: guide\nA\n:::\n", (0, "The lesson is empty.")),
    ],
)
def test_guide_that_is_wrong_is_told(body, found):
    assert found in body_errors(body)


def test_exam_has_no_guide():
    exam = FRONT.replace("minutes = 5", "minutes = 5\nexam = true") + QUESTION + "\n" + GUIDE

    assert errors({**course_files(), "01-password.md": exam.encode()}) == [
        ("01-password.md", 17, "An exam has no guide.")
    ]
