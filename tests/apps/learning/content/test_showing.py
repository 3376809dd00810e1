"""A lesson as slides and as a handout: all of its text, no answer, and marks that close."""

import re
from html import unescape

import pytest

from tests.apps.learning.content.examples import QUESTION, compile_body
from tests.apps.learning.content.test_body import Balance, body_of
from trenza.apps.learning.api import handout_html, slides_html
from trenza.apps.learning.content.showing import ROOM

LONG = "palabra " * 40
BODY = f"""{LONG}

{LONG}

## Uno & dos

Corto: `a < b`.

::: story
Elena vende tamales.
:::

{QUESTION}
Fin.
"""


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def slides_of(body: str) -> list[str]:
    html = slides_html(body_of(compile_body(body)), title="Una <lección>", language="es")
    return re.findall(r'<section class="slide".*?</section>', html, re.DOTALL)


def test_slide_begins_at_a_heading_a_card_a_question_and_where_there_is_no_room():
    title, first, second, heading, story, question, end = slides_of(BODY)

    assert "<h1>Una &lt;lección&gt;</h1>" in title
    assert plain(first).count("palabra") == plain(second).count("palabra") == 40
    assert 2 * len(LONG) > ROOM
    assert "Uno & dos" in plain(heading)
    assert "Corto: a < b ." in plain(heading)
    assert plain(story).startswith("Elena vende tamales.")
    assert "Which one is the safest?" in plain(question)
    assert plain(end).startswith("Fin.")
    assert [re.findall(r'href="#(l\d+)"', slide) for slide in (title, first, end)] == [["l2"], ["l1", "l3"], ["l6"]]


def test_heading_is_never_alone_on_a_slide():
    assert len(slides_of("## Uno\n\n### Dos\n\n::: story\nElena.\n:::\n")) == 2


def test_licence_is_on_the_last_slide_and_on_the_handout():
    slides = slides_of(BODY)

    assert [position for position, slide in enumerate(slides, 1) if "CC BY-SA 4.0" in slide] == [len(slides)]
    assert handout(BODY).count('class="licence"') == 1


def handout(body: str) -> str:
    return handout_html(body_of(compile_body(body)), title="Una <lección>", language="es")


def test_handout_has_all_of_the_text_boxes_to_tick_and_room_to_write():
    text = plain(handout(BODY))

    assert [words in text for words in ("Nombre", "Una <lección>", "Elena vende tamales.", "Fin.")] == [True] * 4
    assert text.count("☐") == 2
    assert handout(BODY).count('<p class="line"></p>') > 2


@pytest.mark.parametrize("show", [slides_html, handout_html])
def test_neither_tells_an_answer_or_keeps_what_a_page_needs_to_grade(show):
    html = show(body_of(compile_body(BODY)), title="Una", language="es")

    told = (
        "It can be guessed",
        "Only yours",
        "only yours",
        "Think of somebody",
        "data-right",
        "data-q",
        "<input",
        "<form",
    )
    assert [words for words in told if words in html] == []
    assert ("rosa2024" in html, "train-papaya-sky-button" in html) == (True, True)


@pytest.mark.parametrize("show", [slides_html, handout_html])
def test_every_mark_closes(show):
    tags = Balance()
    tags.feed(show(body_of(compile_body(BODY)), title="Una", language="es"))

    assert tags.open == []


def test_lesson_without_anything_in_it_is_its_title():
    assert "<h1>Una</h1>" in slides_html("", title="Una", language="en")
    assert "<h1>Una</h1>" in handout_html("", title="Una", language="en")
