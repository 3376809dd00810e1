"""Questions beyond choices in a real browser: with scripts and without, small, and the same on both sides."""

import gzip
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.apps.learning.content.test_written import NUMBERS
from tests.portals.field import sample
from tests.portals.field.test_browser import SAVED, SMALL_TARGETS, open_and_settle, phone, phone_without_scripts
from trenza.apps.learning.content.written import fold, readings
from trenza.portals.field import inline, modules

__all__ = ["phone", "phone_without_scripts"]

WORDS = [
    "Contraseña",
    "  dos   Palabras\n",
    "e-mail",
    "ÑANDÚ",
    "İstanbul",
    "ΟΔΟΣ",
    "Straße",
    "ﬁn",
    "１２ Ａ",
    "a\u00a0b",
    "—¡!",
    "日本",
    "e\u0301",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def lesson(phone: Page) -> Page:
    open_and_settle(phone, sample.KINDS)
    return phone


def q(page: Page, code: str) -> Locator:
    return page.locator(f"[data-q={code}]")


def check(question: Locator) -> None:
    question.get_by_role("button", name="Revisar", exact=True).click()


def place(page: Page, **places: str) -> None:
    for words, number in places.items():
        q(page, "steps").get_by_label(words.replace("_", " ")).select_option(number)


def answer_right(page: Page) -> None:
    """Everything but the story."""
    place(page, Open_the_app="1", Write_the_message="2", Touch="3")
    q(page, "pairs").get_by_label("Wi-Fi").select_option("Internet that costs nothing")
    q(page, "pairs").get_by_label("Mobile data").select_option("Internet of your package")
    q(page, "profit").get_by_role("textbox").fill("20,5 Bs")
    q(page, "word").get_by_role("textbox").fill("CONTRASEÑA")


def test_server_and_page_read_what_she_writes_alike(phone):
    phone.goto(sample.KINDS)
    numbers = [*NUMBERS, "12,345.6", "1'000", "-1.5", "3.14159", "1.234,5", "00.5", "7 %"]

    said = phone.evaluate(
        """async ([address, words, numbers]) => {
            const { fold, readings } = await import(address);
            return [words.map(fold), numbers.map(readings)];
        }""",
        [modules.address("kinds.js"), WORDS, numbers],
    )

    assert said[0] == [fold(each) for each in WORDS]
    assert said[1] == [[float(each) for each in readings(number)] for number in numbers]


def test_each_kind_says_at_once_what_is_wrong_and_lets_her_try_again(lesson):
    steps, pairs, profit, word = (q(lesson, code) for code in ("steps", "pairs", "profit", "word"))

    check(steps)
    expect(steps.get_by_role("status")).to_have_text("Dale a cada paso un número distinto.")
    place(lesson, Open_the_app="2", Write_the_message="1", Touch="3")
    check(steps)
    expect(steps.locator(".no")).to_have_count(2)
    expect(steps.locator(".ok")).to_have_count(1)
    expect(steps.get_by_text("Without the app nothing begins.")).to_be_visible()
    place(lesson, Open_the_app="1", Write_the_message="2")
    expect(steps.locator(".no, .ok")).to_have_count(0)
    check(steps)
    expect(steps.get_by_role("status")).to_have_text("¡Eso es!")
    expect(steps.get_by_text("Without the app nothing begins.")).to_be_hidden()

    pairs.get_by_label("Wi-Fi").select_option("Calls & SMS")
    check(pairs)
    expect(pairs.get_by_role("status")).to_have_text("Elige algo para cada uno.")
    pairs.get_by_label("Mobile data").select_option("Internet of your package")
    check(pairs)
    expect(pairs.locator(".no")).to_contain_text("Wi-Fi does not spend your package.")

    for written, said in {
        "60": "That is all that comes in.",
        "7": "Take away",
        "19,5 bolivianos": "That is it.",
    }.items():
        profit.get_by_role("textbox").fill(written)
        check(profit)
        expect(profit.locator(".fb:visible:not(.verdict)")).to_have_count(1)
        expect(profit.locator(".fb:visible:not(.verdict)")).to_contain_text(said)
    expect(profit.get_by_role("status")).to_have_text("¡Eso es!")

    word.get_by_role("textbox").fill("user")
    word.get_by_role("textbox").press("Enter")
    expect(word.locator(".no")).to_contain_text("That is who you are.")
    expect(word.get_by_role("textbox")).to_be_focused()
    assert sample.POSTED == []
    assert Axe().run(lesson, options=RULES).response["violations"] == []


def test_story_shows_one_scene_leads_to_an_end_and_back(lesson):
    story = q(lesson, "message")
    expect(story.locator(".scene:visible")).to_have_text(
        ["What do you do? I touch the link I call the bank"], use_inner_text=False
    )

    story.get_by_role("link", name="I touch the link").click()
    story.get_by_role("link", name="I write it").click()
    expect(story.locator(".scene:visible")).to_contain_text("They take your money.")
    expect(story.get_by_role("status")).to_have_text("Todavía no. Lee por qué y prueba otra.")
    lesson.go_back()
    expect(story.locator(".scene:visible")).to_contain_text("The page asks for your PIN.")
    expect(story.locator("input:checked")).to_have_count(0)
    story.get_by_role("link", name="I close everything").click()
    expect(story.get_by_role("status")).to_have_text("¡Eso es!")
    expect(story.locator(".scene:visible .opt.ok input:checked")).to_have_count(1)


def test_lesson_is_handed_in_by_script_as_the_form_would(lesson, phone_without_scripts, monkeypatch):
    monkeypatch.setitem(sample.ANSWER, "body", SAVED)
    plain = phone_without_scripts
    plain.goto(sample.KINDS)
    for page in (lesson, plain):
        answer_right(page)
        q(page, "message").get_by_role("link", name="I call the bank").click()
        expect(q(page, "message").locator(".scene:visible")).to_contain_text("The bank knows of no message.")
    q(plain, "message").get_by_label("Elijo este final").locator("visible=true").check()
    for page in (lesson, plain):
        page.get_by_role("button", name="Revisar y terminar").click()
    expect(lesson.locator("form > .card.ok")).to_contain_text("están guardadas")
    expect(plain.get_by_role("heading", level=1)).to_be_visible()

    assert sample.POSTED[0] == sample.POSTED[1]
    assert sample.POSTED[0]["q.message"] == ["3"]
    assert sample.POSTED[0]["q.word"] == ["CONTRASEÑA"]


def test_blank_question_is_pointed_out_before_anything_is_sent(lesson):
    answer_right(lesson)
    lesson.get_by_role("button", name="Revisar y terminar").click()

    expect(q(lesson, "message").get_by_role("status")).to_have_text("Primero llega a un final de la historia.")
    expect(q(lesson, "message").get_by_role("link", name="I touch the link")).to_be_focused()
    assert sample.POSTED == []


def test_draft_of_each_kind_survives_a_reload(lesson):
    answer_right(lesson)
    q(lesson, "message").get_by_role("link", name="I call the bank").click()
    lesson.goto("/")
    open_and_settle(lesson, sample.KINDS)

    expect(q(lesson, "steps").get_by_label("Touch")).to_have_value("3")
    expect(q(lesson, "profit").get_by_role("textbox")).to_have_value("20,5 Bs")
    expect(q(lesson, "message").locator(".scene:visible")).to_contain_text("The bank knows of no message.")


def test_lesson_without_its_module_posts_as_without_scripts(phone, monkeypatch):
    phone.route("**/kinds.js", lambda route: route.abort())
    phone.goto(sample.KINDS)
    answer_right(phone)
    phone.get_by_role("button", name="Revisar y terminar").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 respuesta correcta de 2")
    assert sample.POSTED[0]["q.profit"] == ["20,5 Bs"]


def test_page_fits_and_has_no_barrier_without_its_script(phone):
    phone.route("**/kinds.js", lambda route: route.abort())
    phone.goto(sample.KINDS)

    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert phone.evaluate(SMALL_TARGETS) == []
    assert Axe().run(phone, options=RULES).response["violations"] == []
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_module_is_few_bytes_and_only_lessons_that_need_it_load_it(phone):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    open_and_settle(phone, sample.LESSON)
    assert [name for name in asked if name.startswith("kinds")] == []
    open_and_settle(phone, sample.KINDS)
    assert [name for name in asked if name.startswith("kinds")] == ["kinds.js"]

    assert len(modules._packed("kinds.js")) + len(gzip.compress(inline.KINDS_LOOK.encode())) <= 2_560
    assert json.dumps(modules.sources()["kinds.js"])
