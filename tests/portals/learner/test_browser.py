"""Her pages and a lesson in a real browser: small, by keyboard, with and without JavaScript."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.apps.learning.content.examples import OPUS
from tests.apps.learning.examples import a_course
from tests.portals.learner.scene import enrolled, first, lessons, published, rosa, url
from trenza.apps.learning.api import CourseVersion, Lesson, course_states, publish_course
from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.media import Heading, Recording, media_html
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.people.api import Person, give_consent
from trenza.core import files
from trenza.core.journal import work_until_done

PHONE: ViewportSize = {"width": 360, "height": 640}
PAGES = ["/mi/", "/mi/datos/", "/mi/datos/acuerdos/data-use/retirar/", "/cursos/uno/", "descansar/", "dejar/", ""]
RECORDING = media_html(
    "audio",
    Recording("0123456789abcdef0123.opus", OPUS),
    Heading("julia.opus", 0, "Doña Julia"),
    "<p>Busquen antes de creer.</p>",
    phrases("es"),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def course(live_server: Any) -> CourseVersion:
    return published(pass_score=0.6)


@pytest.fixture
def person(course: CourseVersion) -> Person:
    person = enrolled(rosa()).person
    give_consent(person=person, text="data-use", version=1, by=person)
    return person


def visit(browser: Browser, live_server: Any, person: Person | None, client: Any, **options: Any) -> BrowserContext:
    """A phone on the site, signed in as `person`."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, **options)
    if person:
        client.force_login(person.accounts.get())
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context


@pytest.fixture
def phone(browser: Browser, live_server: Any, person: Person, client: Any) -> Iterator[Page]:
    """Hers; a script that fails or breaks the policy fails the test."""
    context = visit(browser, live_server, person, client)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def phone_without_scripts(browser: Browser, live_server: Any, person: Person, client: Any) -> Iterator[Page]:
    context = visit(browser, live_server, person, client, java_script_enabled=False)
    yield context.new_page()
    context.close()


def path_of(page: str, person: Person) -> str:
    return page if page.startswith("/") else f"/mi/inscripciones/{person.enrolments.get().pk}/{page}"


def passed(person: Person) -> int:
    return course_states(person, ["uno"])["uno"].passed


def test_she_does_the_course_from_her_page_with_scripts(phone: Page, person: Person):
    phone.goto("/mi/")
    phone.get_by_role("link", name="Empezar").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("First")
    a, b = phone.locator("[data-q=a]"), phone.locator("[data-q=b]")
    a.get_by_label("choice 1").check()
    b.get_by_label("choice 0").check()
    b.get_by_label("choice 1").check()
    phone.get_by_role("button", name="Revisar y terminar").click()
    phone.get_by_role("link", name="Seguir").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Lesson-2")
    phone.get_by_label("choice 1").check()
    phone.get_by_role("button", name="Revisar y terminar").click()
    phone.get_by_role("link", name="Seguir").click()
    expect(phone.get_by_text("Hiciste todas las lecciones.")).to_be_visible()
    phone.get_by_role("link", name="Seguir").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")
    assert passed(person) == 2
    work_until_done()
    phone.reload()
    expect(phone.get_by_text("Lo terminaste el")).to_be_visible()


def test_she_does_the_course_from_her_page_without_scripts(phone_without_scripts: Page, person: Person):
    phone = phone_without_scripts
    phone.goto("/mi/")
    phone.get_by_role("link", name="Empezar").click()
    phone.locator("[data-q=a]").get_by_label("choice 0").check()
    phone.get_by_role("button", name="Revisar y terminar").click()
    expect(phone.get_by_text("Esta quedó sin respuesta.")).to_be_visible()
    assert passed(person) == 0

    phone.get_by_label("choice 1").first.check()
    for choice in ("choice 0", "choice 1"):
        phone.locator("fieldset").last.get_by_label(choice).check()
    phone.get_by_role("button", name="Revisar otra vez").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("¡Todo bien!")
    phone.get_by_role("link", name="Seguir").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Lesson-2")
    assert passed(person) == 1


def test_she_does_a_lesson_with_the_keyboard_alone(phone: Page, person: Person, course: CourseVersion):
    phone.goto("/mi/")
    phone.get_by_role("link", name="Empezar").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("First")
    phone.locator("[data-q=a] input").first.focus()
    phone.keyboard.press("ArrowDown")
    phone.locator("[data-q=b] input").first.focus()
    for key in ("Space", "Tab", "Space"):
        phone.keyboard.press(key)
    phone.get_by_role("button", name="Revisar y terminar").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("link", name="Seguir")).to_be_visible()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Lesson-2")
    assert passed(person) == 1


def test_visitor_is_led_in_and_back_to_the_lesson(
    browser: Browser, live_server: Any, course: CourseVersion, client: Any
):
    context = visit(browser, live_server, None, client)
    page = context.new_page()
    page.goto(url(first(course)))
    page.locator("[data-q=a]").get_by_label("choice 1").check()
    page.locator("[data-q=b]").get_by_label("choice 0").check()
    page.get_by_role("button", name="Revisar y terminar").click()
    page.get_by_role("link", name="Entrar").click()

    expect(page.locator("input[name=next]").first).to_have_value(url(first(course)))
    context.close()


def test_she_rests_and_returns(phone: Page, person: Person):
    phone.goto("/mi/")
    phone.get_by_role("link", name="Descansar un tiempo o dejarlo").click()
    phone.get_by_role("link", name="Descansar hasta un día").click()
    phone.get_by_label("Una semana").check()
    phone.get_by_role("button", name="Descansar").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Descansa. Te esperamos después del")
    phone.get_by_role("button", name="Quiero volver ahora").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vas en camino")


def test_she_switches_the_language_and_back(phone_without_scripts: Page):
    phone = phone_without_scripts
    phone.goto("/mi/")
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hello, Rosa")
    phone.get_by_role("button", name="Español").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barrier_that_axe_knows(
    browser: Browser, live_server: Any, person: Person, client: Any, course: CourseVersion, scheme: Any
):
    context = visit(browser, live_server, person, client, color_scheme=scheme)
    page = context.new_page()
    # Whole: what lies under the foot at this moment is a matter of scrolling, which axe would call a small target.
    page.set_viewport_size({"width": 360, "height": 2_400})
    found = []
    taught = lessons(course)[1]
    Lesson.objects.filter(pk=taught.pk).update(guide="<p><b>Time: 90 minutes.</b></p><ol><li>Read it.</li></ol>")
    shown = [url(taught) + kind for kind in ("", "laminas/", "hoja/", "guia/")]
    for each in [*PAGES, *shown]:
        page.goto(path_of(each, person))
        for rule in Axe().run(page, options=RULES).response["violations"]:
            found.append((each, rule["id"], rule["nodes"][0]["html"]))
    context.close()

    assert found == []


def test_pages_fit_320_pixels_and_twice_the_text(phone: Page, person: Person):
    phone.set_viewport_size({"width": 320, "height": 640})
    over = {}
    for each in PAGES:
        phone.goto(path_of(each, person))
        widths = [phone.evaluate("document.documentElement.scrollWidth - innerWidth")]
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        widths.append(phone.evaluate("document.documentElement.scrollWidth - innerWidth"))
        over[each] = widths

    assert over == {each: [0, 0] for each in PAGES}


def test_first_screen_holds_the_next_step_whole(phone: Page):
    phone.goto("/mi/")
    box = phone.get_by_role("link", name="Empezar").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 640 - 60  # above the foot, which stays


SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, input, label.opt")]
    .filter(e => e.offsetParent && !e.closest("p, label.opt > *") && !e.matches(".skip"))
    .filter(e => !(e.matches("input") && e.closest("label.opt")))
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""


def test_what_is_touched_is_44_pixels_high(phone: Page, person: Person):
    small = {}
    for each in PAGES:
        phone.goto(path_of(each, person))
        small[each] = phone.evaluate(SMALL_TARGETS)

    assert small == {each: [] for each in PAGES}


@pytest.fixture
def exam(live_server: Any) -> list[Lesson]:
    """A lesson with a recording, and an exam."""
    course = a_course("dos", lessons=1, exam=True)
    recorded = replace(course.lessons[0], blocks=(Prose(RECORDING), *course.lessons[0].blocks))
    files.put("0123456789abcdef0123.opus", OPUS)
    return lessons(publish_course(course=replace(course, lessons=(recorded, course.lessons[1])), by=None))


def test_exam_is_handed_in_by_script_and_shows_the_score_and_no_answer(phone: Page, exam: list[Lesson]):
    phone.goto(url(exam[-1]))
    expect(phone.get_by_role("button", name="Comprobar")).to_have_count(0)
    for n in range(1, 5):
        phone.locator(f"[data-q=x{n}]").get_by_label("choice 1").check()
    hand_in = phone.get_by_role("button", name="Entregar mis respuestas")

    hand_in.click()
    expect(phone.get_by_text("Te faltan preguntas por responder.")).to_be_visible()
    hand_in.click()

    expect(phone.locator("form > .card.ok:focus")).to_contain_text(
        "Tienes 4 de 5 bien. ¡Aprobaste la prueba! Dejaste 1 pregunta sin responder."
    )
    expect(phone.locator(".opt.ok, .opt.no, .fb:visible:not(.verdict)")).to_have_count(0)
    assert Axe().run(phone, options=RULES).response["violations"] == []


def test_recording_is_fetched_only_when_she_touches_it(phone: Page, exam: list[Lesson]):
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url) if ".opus" in request.url else None)
    with phone.expect_response("**/media.js"):
        phone.goto(url(exam[0]))
    phone.evaluate("import(document.documentElement.dataset.phone).then((module) => module.ready)")
    assert fetched == []

    phone.get_by_role("link", name="Escuchar (1 KB)").click()

    expect(phone.get_by_role("alert")).to_contain_text("Ahora no se puede reproducir.")  # this one holds no sound
    assert len(fetched) >= 1
    expect(phone.get_by_text("Leer lo que dice")).to_be_visible()


def test_recording_opens_without_scripts(phone_without_scripts: Page, exam: list[Lesson]):
    phone_without_scripts.goto(url(exam[0]))

    link = phone_without_scripts.get_by_role("link", name="Escuchar (1 KB)")
    assert link.get_attribute("href") == "/archivos/0123456789abcdef0123.opus"
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
