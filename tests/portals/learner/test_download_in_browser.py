"""Taking a course along, in a real browser: cut, resumed, damaged, refused for lack of room, replaced, removed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.apps.learning.examples import a_course, lesson, question
from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Prose

PHONE: ViewportSize = {"width": 360, "height": 640}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FILES = 10
KEPT = "async () => (await (await caches.open('files')).keys()).map((key) => key.url.split('/').pop()).sort()"
QUOTA = "() => { Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError')); }"


def noise(number: int) -> str:
    """A lesson that fills a chunk by itself: numbers pack badly."""
    return f"<p>{' '.join(str(pow(n, 7 + number, 1_000_003)) for n in range(1, 6_500))}</p>"


def publish(changed: str = "") -> CourseVersion:
    bodies = [noise(number) for number in range(FILES)]
    bodies[0] += changed
    shown = [
        replace(lesson(f"lesson-{number}", question("a")), blocks=(Prose(body), question("a")))
        for number, body in enumerate(bodies)
    ]
    return publish_course(course=replace(a_course(), lessons=tuple(shown)), by=None)


@pytest.fixture
def course(live_server: Any) -> CourseVersion:
    return publish()


class Line:
    """Between the phone and the server: counts the files that are asked for, and spoils some."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.cut_after: int | None = None
        self.hold_at: int | None = None
        self.spoil: set[int] = set()
        page.route(re.compile("/archivos/"), self.pass_on)

    def pass_on(self, route: Route) -> None:
        number = len(self.asked)
        self.asked.append(route.request.url.rpartition("/")[2])
        if number == self.hold_at:
            return  # it never answers
        if self.cut_after is not None and number >= self.cut_after:
            route.abort("connectionreset")
        elif number in self.spoil:
            route.fulfill(body=b'{"lesson-0": "altered on the way"}', content_type="application/json")
        else:
            route.continue_()


@pytest.fixture
def page(browser: Browser, live_server: Any, course: CourseVersion) -> Iterator[Page]:
    """Without the worker, so that what the page asks for passes through the line."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, service_workers="block")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/cursos/uno/")
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page)


def get(page: Page) -> None:
    page.get_by_role("button", name="Descargar para usar sin internet").click()


def is_whole(page: Page) -> None:
    expect(page.get_by_text("✓ Este curso está en tu teléfono.")).to_be_visible()


@pytest.mark.parametrize("after", [1, 5, 9])
def test_download_that_was_cut_goes_on_and_asks_at_most_for_one_file_again(page, line, after):
    line.cut_after = after
    get(page)
    expect(page.get_by_text("Se cortó la señal.")).to_be_visible()
    assert page.locator("progress[max='100']").evaluate("bar => Math.round(bar.value / 10)") == after
    line.cut_after = None
    again = len(line.asked)

    page.get_by_role("button", name="Seguir descargando").click()

    is_whole(page)
    assert len(line.asked) - again == FILES - after
    assert len(set(line.asked)) == FILES


def test_file_that_arrives_damaged_is_asked_for_once_more(page, line):
    line.spoil = {3}
    get(page)

    is_whole(page)
    assert len(line.asked) == FILES + 1


def test_file_that_arrives_damaged_twice_is_told_and_not_kept(page, line):
    line.spoil = {3, 4}
    get(page)

    expect(page.get_by_text("Un archivo llegó dañado dos veces.")).to_be_visible()
    assert len(page.evaluate(KEPT)) == 3


def test_captive_portal_is_told_and_nothing_of_it_is_kept(page):
    page.route(re.compile("/archivos/"), lambda route: route.fulfill(body="<p>WiFi", content_type="text/html"))
    get(page)

    expect(page.get_by_text("Este wifi pide algo primero")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_full_phone_is_told_what_to_do_and_keeps_what_arrived(page, line):
    line.cut_after = 4
    get(page)
    expect(page.get_by_text("Se cortó la señal.")).to_be_visible()
    line.cut_after = None
    page.evaluate(QUOTA)

    page.get_by_role("button", name="Seguir descargando").click()

    expect(page.get_by_text("Ya no hay espacio en tu teléfono.")).to_be_visible()
    assert len(page.evaluate(KEPT)) == 4


def test_pause_stops_at_once_and_holds_until_she_goes_on(page, line):
    line.hold_at = 3
    get(page)
    expect(page.get_by_text(re.compile(r"^6\d de "))).to_be_visible()
    page.get_by_role("button", name="Pausar").click()
    expect(page.get_by_text("Está en pausa.")).to_be_visible()

    page.reload()

    expect(page.get_by_text("Está en pausa.")).to_be_visible()
    page.get_by_role("button", name="Seguir descargando").click()
    is_whole(page)


def test_newer_version_replaces_the_older_and_costs_only_what_changed(page, line):
    get(page)
    is_whole(page)
    before = page.evaluate(KEPT)
    publish("<p>New.</p>")
    asked = len(line.asked)
    page.reload()

    page.get_by_role("button", name="Descargar la versión nueva").click()

    is_whole(page)
    after = page.evaluate(KEPT)
    assert len(line.asked) - asked == len(set(after) - set(before)) < FILES
    assert len(after) == FILES


def test_course_that_the_system_took_apart_is_noticed_and_offered_again(page, line):
    get(page)
    is_whole(page)
    page.evaluate(f"async () => (await caches.open('files')).delete('/archivos/{line.asked[2]}')")
    page.reload()
    expect(page.get_by_text("Tu teléfono borró una parte de este curso")).to_be_visible()
    asked = len(line.asked)

    get(page)

    is_whole(page)
    assert line.asked[asked:] == [line.asked[2]]


def test_course_that_she_deletes_leaves_nothing(page, line):
    get(page)
    is_whole(page)

    page.get_by_role("button", name="Borrarlo de este teléfono").click()

    expect(page.get_by_role("button", name="Descargar para usar sin internet")).to_be_visible()
    assert page.evaluate(KEPT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_download_has_no_barrier_that_axe_knows(page, line, scheme):
    page.emulate_media(color_scheme=scheme)
    line.cut_after = 5
    get(page)
    expect(page.get_by_text("Se cortó la señal.")).to_be_visible()

    found = Axe().run(page, options=RULES)

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []


def test_nothing_is_offered_without_javascript(browser, live_server, course):
    page = browser.new_page(base_url=live_server.url, java_script_enabled=False)
    page.goto("/cursos/uno/")

    expect(page.get_by_text("Descargar para usar")).to_be_hidden()
    expect(page.locator("[data-pack], [data-install]").first).to_be_hidden()
    page.close()
