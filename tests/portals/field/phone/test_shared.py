"""On a computer that everybody uses scripts keep nothing: no worker, database or draft, no page of who went away."""

import pytest

from tests.portals.field import sample
from tests.portals.field.phone.test_status import asked_for
from trenza.portals.field import modules

KEPT = """async () => [(await indexedDB.databases()).length, (await caches.keys()).length, localStorage.length,
                      (await navigator.serviceWorker.getRegistrations()).length]"""


@pytest.mark.parametrize("path", ["/", sample.LESSON])
def test_nothing_is_kept_on_a_shared_computer(phone_context, site, path):
    phone_context.add_cookies([{"name": "shared", "value": "1", "url": site}])
    page = phone_context.new_page()
    loaded = [name for name in asked_for(page, path) if name.endswith(".js")]
    assert loaded == ["phone.js", "shared.js"]
    assert page.evaluate(KEPT) == [0, 0, 0, 0]


def test_who_went_away_leaves_no_page_and_who_reads_stays(phone_context, site):
    phone_context.add_cookies([{"name": "shared", "value": "1", "url": site}])
    page = phone_context.new_page()
    page.clock.install()
    page.goto(sample.LESSON, wait_until="networkidle")
    page.evaluate(f"import('{modules.address('shared.js')}')")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method + " " + request.url.removeprefix(site)))
    for _ in range(3):
        page.clock.run_for(5 * 60_000)
        page.mouse.wheel(0, 200)
        page.keyboard.press("Tab")
    page.clock.run_for(60_000)
    assert "HEAD /manifest.webmanifest" in asked
    assert page.url == site + sample.LESSON
    page.clock.run_for(11 * 60_000)
    page.wait_for_url(site + "/")
