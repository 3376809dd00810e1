"""The pages of certificates and results in a real browser: small, light and dark, and what they weigh."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.apps.credentials.examples import a_credential
from tests.portals.public.test_results import AUGUST, JULY, JUNE, a_shown_programme, aim, applied
from trenza.apps.programmes.api import Programme
from trenza.core import clock

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ON_THE_WIRE = 14_336


@pytest.fixture
def paths(transactional_db: None) -> list[str]:
    programme: Programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 40, ("oruro", JUNE): 12, ("potosi", JULY): 3, ("beni", AUGUST): 45})
    aim(programme, 200, clock.now().date().replace(month=1, day=1), clock.now().date().replace(month=12, day=31))
    code = a_credential().code
    return [
        f"/certificado/{code}/", "/certificado/", "/certificado/?codigo=abc", f"/certificado/{code[::-1]}/",
        "/programas/mujeres-online/resultados/",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barrier_that_axe_knows_and_fit_a_phone(browser: Any, live_server: Any, paths: Any, scheme: str):
    page = browser.new_page(viewport={"width": 360, "height": 640}, base_url=live_server.url, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security" in message.text else None)
    faults = {}
    for path in paths:
        page.goto(path)
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        faults[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()

    assert [found for found in faults.items() if found[1]] == []
    assert said == []


def test_stranger_types_the_code_of_a_paper(browser: Any, live_server: Any, paths: Any):
    page = browser.new_page(viewport={"width": 360, "height": 640}, base_url=live_server.url, java_script_enabled=False)
    page.goto("/certificado/")
    page.get_by_label("Código del certificado").fill(paths[0].split("/")[2].lower())
    page.get_by_role("button", name="Comprobar el certificado").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Este certificado es auténtico")
    expect(page).to_have_url(live_server.url + paths[0])
    page.close()


def test_pages_are_light(client: Client, paths: Any):
    weights = {}
    for path in paths:
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        headers = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())
        weights[path] = len(response.content) + headers

    assert max(weights.values()) <= ON_THE_WIRE
