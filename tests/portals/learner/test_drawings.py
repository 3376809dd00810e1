"""A drawing in a lesson: how it is sent, what a phone keeps of it, and that it is seen."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.apps.learning.examples import a_course, lesson, question
from tests.portals.learner.scene import browser as client
from tests.portals.learner.scene import first, url
from trenza.apps.learning.api import CourseVersion, publish_course
from trenza.apps.learning.content.course import Prose
from trenza.apps.learning.content.drawings import compile_drawing
from trenza.apps.learning.content.pictures import picture_html
from trenza.apps.learning.packs import pack_of
from trenza.portals.field.csp import FILE_POLICY

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">
<rect width="320" height="200" fill="#f4e3d0"/><circle cx="160" cy="100" r="60" fill="#7a1f3d"/></svg>"""
DRAWING = compile_drawing(SVG)
SEEN = "image => image.complete && image.naturalWidth"

pytestmark = pytest.mark.django_db


def with_a_drawing() -> CourseVersion:
    html = picture_html(DRAWING, "A red circle on sand")
    shown = replace(lesson("first", question("a")), blocks=(Prose(html), question("a")))
    files = {file.name: file.data for file in DRAWING.files}
    return publish_course(course=replace(a_course(), lessons=(shown,), files=files), by=None)


def test_drawing_is_sent_as_one_that_runs_nothing_and_never_changes():
    with_a_drawing()
    (file,) = DRAWING.files

    plain = client().get(f"/archivos/{file.name}")
    packed = client().get(f"/archivos/{file.name}", headers={"Accept-Encoding": "gzip"})

    assert plain.content == gzip.decompress(packed.content) == file.data
    assert (plain["Content-Type"], plain["Content-Security-Policy"]) == ("image/svg+xml", FILE_POLICY)
    assert (plain["X-Content-Type-Options"], plain["Cache-Control"]) == (
        "nosniff",
        "public, max-age=31536000, immutable",
    )
    assert len(packed.content) == DRAWING.weight


def test_pack_has_the_drawing_with_what_it_weighs_on_the_wire():
    (file,) = DRAWING.files

    (found,) = [each for each in pack_of(with_a_drawing()).files if each.name == file.name]

    assert (found.size, found.sha256) == (DRAWING.weight, hashlib.sha256(file.data).hexdigest())
    assert found.old_phones is None


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


def test_drawing_is_seen_with_internet_and_without(page):
    address = url(first(with_a_drawing()))
    page.goto(address)
    image = page.get_by_role("img", name="A red circle on sand")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate(SEEN) == 320

    page.goto("/cursos/uno/")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.get_by_role("button", name="Descargar para usar sin internet").click()
    expect(page.get_by_text("✓ Este curso está en tu teléfono.")).to_be_visible()
    page.context.set_offline(True)
    page.goto(address)

    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate(SEEN) == 320
