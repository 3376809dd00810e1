"""Lessons without a signal, in a real browser against the real server."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.apps.learning.content import kinds
from tests.portals.learner.scene import lessons, published, url
from trenza.apps.learning.api import CourseVersion, Lesson, publish_course
from trenza.portals.field import worker
from trenza.portals.field.pages import LessonPages

PHONE: ViewportSize = {"width": 360, "height": 640}
KEPT = "async () => (await (await caches.open('lessons')).keys()).map((key) => new URL(key.url).pathname)"
EVERYTHING = """async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map((key) => key.url);
}"""
WHOLE = "✓ Este curso está en tu teléfono. Se abre sin internet."


@pytest.fixture
def course(live_server: Any) -> CourseVersion:
    return published(pass_score=0.6, lessons=3)


@pytest.fixture
def page(browser: Browser, live_server: Any, course: CourseVersion) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Puts something between the phone and the server: it gets each request and what would answer it."""
    ours = LessonPages.__call__

    def through(between: Callable[..., Any]) -> None:
        monkeypatch.setattr(
            LessonPages, "__call__", lambda self, request: between(request, lambda: ours(self, request))
        )

    return through


@pytest.fixture
def stalled() -> Iterator[Callable[..., HttpResponse]]:
    """Answers nothing as long as the test runs."""
    over = threading.Event()

    def wait(request: HttpRequest, answer: Callable[[], Any]) -> HttpResponse:
        over.wait(60)
        return HttpResponse(status=503)

    yield wait
    over.set()


def captive_portal(request: HttpRequest, answer: Callable[[], Any]) -> HttpResponse:
    return HttpResponse("<!doctype html><title>WiFi</title><p>Acepta las condiciones")


def until(page: Page, expression: str, wanted: Any) -> None:
    """Wait for what happens behind a page."""
    for _ in range(100):
        if page.evaluate(expression) == wanted:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(expression) == wanted


def visit(page: Page, address: str) -> None:
    """Open a lesson and wait until the worker has kept it."""
    page.goto(address)
    until(page, KEPT, [address])
    until(page, "!!navigator.serviceWorker.controller", True)


def take_along(page: Page) -> None:
    page.goto("/cursos/uno/")
    page.get_by_role("button", name="Descargar para usar sin internet").click()
    expect(page.get_by_text(WHOLE)).to_be_visible()
    until(page, "!!navigator.serviceWorker.controller", True)


def test_lesson_that_was_open_before_the_worker_opens_without_a_signal(page, course):
    first, *_ = lessons(course)
    visit(page, url(first))
    page.context.set_offline(True)

    page.goto(url(first))

    expect(page.get_by_role("heading", name="First")).to_be_visible()


@pytest.mark.parametrize(
    ("shown", "first_words"), [("laminas/", "Siguiente"), ("hoja/", "Nombre"), ("guia/", "Que cada una")]
)
def test_slides_handouts_and_guides_that_were_open_once_open_without_a_signal(page, course, shown, first_words):
    first, *_ = lessons(course)
    Lesson.objects.filter(pk=first.pk).update(guide="<p>Que cada una lo vea.</p>")
    visit(page, url(first) + shown)
    take_along(page)
    page.context.set_offline(True)

    page.goto(url(first) + shown)

    expect(page.get_by_text(first_words).first).to_be_visible()
    page.goto(url(first))
    expect(page.get_by_role("button", name="Revisar", exact=True).first).to_be_visible()


def test_downloaded_course_opens_without_a_signal_in_the_servers_own_bytes(page, course, client):
    take_along(page)
    page.context.set_offline(True)

    for lesson in lessons(course):
        response = page.goto(url(lesson))
        sent = client.get(url(lesson))
        assert response.from_service_worker
        assert response.body() == sent.content
        assert response.headers["content-security-policy"] == sent["Content-Security-Policy"]
    expect(page.get_by_role("button", name="Revisar", exact=True).first).to_be_visible()


def test_downloaded_lesson_with_questions_beyond_choices_works_without_a_signal(page, course, client):
    (lesson,) = lessons(publish_course(course=kinds.a_course(), by=None))
    page.goto("/cursos/clases/")
    page.get_by_role("button", name="Descargar para usar sin internet").click()
    expect(page.get_by_text(WHOLE)).to_be_visible()
    until(page, "!!navigator.serviceWorker.controller", True)
    page.context.set_offline(True)

    response = page.goto(url(lesson))
    sent = client.get(url(lesson))
    assert response.body() == sent.content
    assert response.headers["content-security-policy"] == sent["Content-Security-Policy"]
    question = page.locator("[data-q=word]")
    question.get_by_role("textbox").fill("contraseña")
    question.get_by_role("button", name="Revisar", exact=True).click()
    expect(question.get_by_role("status")).to_have_text("¡Eso es!")
    expect(page.locator(".scene:visible")).to_have_count(1)


def test_page_of_a_captive_portal_is_shown_and_never_kept(page, course, network):
    first, second, _ = lessons(course)
    visit(page, url(first))
    network(captive_portal)

    page.goto(url(second))

    expect(page.get_by_text("Acepta las condiciones")).to_be_visible()
    page.goto(url(first))
    expect(page.get_by_role("heading", name="First")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT) == [url(first)]


def test_line_that_stalls_does_not_keep_a_kept_lesson_waiting(page, course, network, stalled):
    first, *_ = lessons(course)
    visit(page, url(first))
    network(stalled)

    page.goto(url(first), wait_until="commit")

    expect(page.get_by_role("heading", name="First")).to_be_visible()


def test_personal_page_is_never_kept_and_hers_comes_where_there_is_no_signal(page, course):
    first, *_ = lessons(course)
    visit(page, url(first))
    page.goto("/mi/")
    page.context.set_offline(True)

    page.goto("/mi/")

    expect(page.locator("#phone")).to_have_count(1)
    addresses = page.evaluate(EVERYTHING)
    assert addresses
    assert not any("/mi/" in address for address in addresses)


def test_line_that_stalls_shows_her_own_page_instead_of_one_of_hers(page, course, network, stalled):
    first, *_ = lessons(course)

    def stalls(request: HttpRequest, answer: Callable[[], Any]) -> Any:
        if request.path == "/trabajador.js":
            return HttpResponse(worker.script().replace("STALL=6000", "STALL=200"), content_type="text/javascript")
        return stalled(request, answer) if request.path == "/mi/" else answer()

    assert "STALL=6000" in worker.script()
    network(stalls)
    visit(page, url(first))

    page.goto("/mi/")

    expect(page.locator("#phone")).to_have_count(1)


def test_new_version_leaves_the_open_page_its_modules(page, course, network):
    first, *_ = lessons(course)
    visit(page, url(first))
    old = page.evaluate("document.documentElement.dataset.phone")

    def deployed(request: HttpRequest, answer: Callable[[], Any]) -> Any:
        if request.path == "/trabajador.js":
            newer = worker.script().replace("shell-${OURS.version}", "shell-new")
            return HttpResponse(newer, content_type="text/javascript")
        return HttpResponse(status=404) if request.path == old else answer()

    network(deployed)
    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    until(page, "async () => (await caches.keys()).filter((name) => name.startsWith('shell-')).length", 2)

    assert page.evaluate("async (address) => (await fetch(address)).status", old) == 200
