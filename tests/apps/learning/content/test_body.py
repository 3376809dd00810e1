import dataclasses
from html.parser import HTMLParser

import pytest

from tests.apps.learning.content.examples import COURSE, QUESTION, compile_body, compile_course, course_files
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course


def body_of(course: Course) -> str:
    return lesson_body_html(course, course.lessons[0])


class Balance(HTMLParser):
    """Fails when tags do not close in the order in which they opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_body_of_a_lesson_is_exactly_this():
    assert body_of(compile_body(f"Before.\n\n{QUESTION}")) == (
        '<article lang="en">\n'
        '<p class="step">First steps · Lesson 1 of 1 · 5 minutes</p>\n'
        '<progress class="prog" max="1" value="1" aria-label="Lesson 1 of 1"></progress>\n'
        "<h1>A password</h1>\n"
        '<form method="post" action="responder/" data-lesson>\n'
        "<p>Before.</p>\n"
        '<fieldset class="card q" data-q="password" data-kind="one" data-right="1">\n'
        "<legend>Which one is the safest?</legend>\n"
        '<label class="opt"><input type="radio" name="q.password" value="0"><span>rosa2024'
        '<span class="fb" data-fb hidden>It can be guessed.</span></span></label>\n'
        '<label class="opt"><input type="radio" name="q.password" value="1"><span>train-papaya-sky-button'
        '<span class="fb" data-fb hidden><strong>Yes!</strong> Long, and only yours.</span></span></label>\n'
        '<details class="hint"><summary>A hint</summary>Think of somebody who knows you.</details>\n'
        "</fieldset>\n"
        '<button class="btn">Check and finish</button>\n'
        "</form>\n"
        '<footer class="licence"><p><cite>First steps</cite>. Trenza. Licence: '
        '<a href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license noopener nofollow">CC BY-SA 4.0</a>.'
        "</p></footer>\n"
        "</article>\n"
    )


def test_body_of_several_right_choices_has_boxes_to_tick():
    body = body_of(compile_body("::: question a several\nW?\n\n- [x] b\n- [ ] c\n- [x] d\n:::\n"))

    assert 'data-kind="several" data-right="0,2"' in body
    assert body.count('<input type="checkbox" name="q.a"') == 3


def test_body_labels_a_question_of_several_blocks():
    body = body_of(compile_body("::: question a one\nLook:\n\n```\nx\n```\n\n- [x] b\n- [ ] c\n:::\n"))

    assert '<fieldset class="card q" data-q="a" data-kind="one" data-right="0" aria-labelledby="p-a">' in body
    assert '<div class="prompt" id="p-a"><p>Look:</p>\n<pre><code>x\n</code></pre></div>' in body
    assert "<legend>" not in body


def test_body_speaks_the_language_of_the_course():
    course = compile_course(course_files("Hola.\n", course=COURSE.replace('"en"', '"es-419"')))

    assert '<article lang="es-419">' in body_of(course)
    assert "Lección 1 de 1 · 5 minutos" in body_of(course)
    assert '<button class="btn">Terminar esta lección</button>' in body_of(course)


def test_body_escapes_what_is_no_html():
    course = compile_course(
        course_files(
            "Hi.\n",
            course=COURSE.replace('"First steps"', '"<b>&"').replace('"Trenza"', '"<i>"')
            + 'source = "<u> https://example.org/?a=1&b=\\"2."\n',
        )
    )
    body = body_of(course)

    assert "&lt;b&gt;&amp; · Lesson" in body
    assert "<cite>&lt;b&gt;&amp;</cite>. &lt;i&gt;." in body
    assert (
        'Source: &lt;u&gt; <a href="https://example.org/?a=1&amp;b=" rel="noopener nofollow">'
        "https://example.org/?a=1&amp;b=</a>&quot;2."
    ) in body


def test_body_names_an_unknown_licence_without_a_link():
    assert "Licence: LicenseRef-Ours." in body_of(
        compile_course(course_files("Hi.\n", course=COURSE.replace("CC-BY-SA-4.0", "LicenseRef-Ours")))
    )


@pytest.mark.parametrize("minutes", [1, 2])
def test_body_counts_minutes(minutes):
    course = compile_body("Hi.\n")
    lesson = dataclasses.replace(course.lessons[0], minutes=minutes)

    words = {1: "1 minute<", 2: "2 minutes<"}
    assert words[minutes] in lesson_body_html(dataclasses.replace(course, lessons=(lesson,)), lesson)


def test_body_is_balanced_and_has_no_inline_style_or_handler():
    body = body_of(
        compile_body(
            f"# A\n\n</div></article><p style='x' onclick='y'>\n\n::: hidden B\n| a |\n|--:|\n| b |\n:::\n\n{QUESTION}"
        )
    )
    balance = Balance()
    balance.feed(body)

    assert balance.open == []
    assert " style=" not in body
    assert " onclick=" not in body
