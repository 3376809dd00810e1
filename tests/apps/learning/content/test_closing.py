"""What stands at the end of a lesson: words of the glossary, sources, and what she does without internet."""

import re

import pytest

from tests.apps.learning.content.examples import QUESTION, compile_course, course_files
from tests.apps.learning.content.test_body import Balance
from trenza.apps.learning.api import handout_html, slides_html
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.closing import words_said

GLOSSARY = """\
red = "What joins."
"redes sociales" = "Pages <where> people meet."
navegador = "Shows pages."
luz = "Lights."
rosa2024 = "A password."
code = "Never said but in code."
"""
FRONT = """\
+++
title = "A"
minutes = 5
offline = "Ask & wait."

[[source]]
title = "Who: <what>"
url = "https://example.org/a?b&c"
date = "2024-05"
+++
"""
CLOSING = """\
</fieldset>
<p class="card note">Ask &amp; wait.</p>
<details class="words"><summary>Words of this lesson</summary>\
<dl><dt><b>redes sociales</b></dt><dd>Pages &lt;where&gt; people meet.</dd></dl></details>
<details class="sources"><summary>Sources</summary><ul><li>\
<a href="https://example.org/a?b&amp;c" rel="noopener nofollow">Who: &lt;what&gt;</a>, May 2024</li></ul></details>
"""
LINK = 'href="https://example.org/"'


def page(body: str, front: str = FRONT, glossary: str = GLOSSARY) -> str:
    files = {**course_files(), "01-password.md": (front + body).encode(), "glossary.toml": glossary.encode()}
    course = compile_course(files)
    html = lesson_body_html(course, course.lessons[0])
    tags = Balance()
    tags.feed(html)
    assert tags.open == []
    return html


def terms(body: str) -> list[str]:
    return re.findall("<dt><b>(.*?)</b></dt>", page(body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Your Navegador.\n", ["navegador"]),
        ("Navegadores y luces.\n", ["navegador", "luz"]),
        ("Las redes\nsociales.\n", ["redes sociales"]),
        ("Las **redes** sociales y la red.\n", ["red", "redes sociales"]),
        ("Las enredaderas.\n", []),
        ("```\ncode\n```\n\nWrite `code`.\n", []),
        ("A [navegador](https://example.org) & <kbd>luz</kbd>.\n", ["navegador"]),
        (QUESTION, []),
        (QUESTION.replace("Which one", "Which navegador"), ["navegador"]),
    ],
)
def test_words_that_the_lesson_says_are_explained(body, said):
    assert terms(body) == said


def test_words_and_sources_are_folded_above_the_button():
    html = page(f"Redes sociales.\n\n{QUESTION}")

    assert html[html.index("</fieldset>") : html.index('<button class="btn">')] == CLOSING


def test_lesson_that_says_nothing_more_is_the_bytes_that_it_was():
    with_glossary = page("Text.\n", front='+++\ntitle = "A"\nminutes = 5\n+++\n')

    assert with_glossary == page("Text.\n", front='+++\ntitle = "A"\nminutes = 5\n+++\n', glossary="")


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("One.\n\nSee <https://example.org/>, **now**.\n\nTwo.\n", "</a>, <strong>now</strong>.</p>"),
        ("- One\n- See <https://example.org/>\n- Two\n\nThree.\n", "<li>Two</li>\n</ul>"),
        ("![a](images/a.png) <https://example.org/>\n\nTwo.\n", "</a></p>"),
        ("::: note\n<https://example.org/>\n\nMore.<br>Last\n:::\n\nTwo.\n", "<p>More.<br>Last</p>\n</div>"),
    ],
)
def test_what_she_does_without_internet_stands_below_the_part_that_sends_her_outside(body, before):
    html = page(f"{body}\nAgain <https://example.org/>.\n")

    note = '<p class="card note">Ask &amp; wait.</p>'
    assert html.count(note) == 1
    assert html[: html.index(note)].rstrip().endswith(before)
    assert html.index(LINK) < html.index(note)


def test_link_within_the_course_sends_nobody_outside():
    html = page("[Here](01-password.md).\n\nText.\n")

    assert html.index("Ask &amp; wait.") > html.index("<p>Text.</p>")


def test_exam_shows_neither_words_nor_sources():
    html = page(f"Redes sociales.\n\n{QUESTION}", front=FRONT.replace("minutes = 5", "minutes = 5\nexam = true"))

    assert [words in html for words in ("<dl>", "Who:", "Sources")] == [False] * 3


def test_slides_leave_out_both_and_paper_has_the_words():
    body = page(f"Redes sociales.\n\n{QUESTION}")
    slides, paper = (show(body, title="A", language="en") for show in (slides_html, handout_html))

    assert [words in slides for words in ("people meet", "Who:", "Ask &amp; wait")] == [False, False, True]
    assert [words in paper for words in ("people meet", "Who:", "Ask &amp; wait")] == [True, False, True]
    assert "<details open><summary>Words of this lesson" in paper


def test_words_that_a_lesson_explains_name_its_version():
    files = course_files("Navegador.\n")
    explained = {**files, "glossary.toml": GLOSSARY.encode()}

    assert compile_course(files).version != compile_course(explained).version
    assert words_said(compile_course(explained).lessons[0], {}) == {}
