"""Under what name and icon this is on her phone."""

import re
import struct
from html import unescape
from typing import Any

import pytest
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, expect

from tests.portals.field import sample
from trenza.portals.field import appearance, errors

OURS = {"Origin": "http://testserver"}
NEUTRAL = [look.code for look in appearance.neutral_looks()]


def under(look: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies[appearance.COOKIE] = look
    return client


def head(response: Any) -> tuple[str, str]:
    """The title of the page, and what its bar says without its drawing."""
    html = response.content.decode()
    [title], [brand] = (
        re.findall("<title>(.*?)</title>", html),
        re.findall('class="brand".*?>(.*?)</a>', html, re.DOTALL),
    )
    return title, re.sub("<svg.*</svg>", "", brand, flags=re.DOTALL).strip()


def test_page_is_called_ours_until_she_chooses():
    assert head(Client().get("/mi/aspecto/")) == ("Nombre e icono en este teléfono · Trenza", "Trenza")
    assert head(under("otra cosa").get("/mi/aspecto/"))[1] == "Trenza"


@pytest.mark.parametrize(
    ("look", "name"), [("notas", "Mis notas"), ("recetas", "Recetas"), ("calculadora", "Calculadora")]
)
def test_neutral_look_is_all_that_a_glance_at_any_page_shows(look, name):
    client = under(look)
    for path in ("/", "/formulario/", "/corregido/", "/mi/aspecto/", "/no/existe/", "/espera/"):
        response = client.get(path)
        assert head(response) == (name, name), path
        assert appearance.LOOKS[look].icon in unescape(response.content.decode())
        assert "braid" not in response.content.decode().partition("<main")[0].partition("</style>")[2]


def test_form_that_was_too_old_keeps_the_look():
    assert head(under("notas").post("/formulario/", {"name": "Ana"})) == ("Mis notas", "Mis notas")


def test_choice_is_kept_for_a_year_where_scripts_can_read_it():
    response = Client(enforce_csrf_checks=True).post("/mi/aspecto/", {"look": "recetas"}, headers=OURS)

    cookie = response.cookies[appearance.COOKIE]
    assert (response.status_code, response["Location"]) == (302, "/mi/aspecto/")
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "recetas", 31_536_000, "", "Lax",
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["", "nada", "../icon", "trenza"])
def test_choice_that_is_none_of_ours_is_our_own(asked):
    response = Client().post("/mi/aspecto/", {"look": asked}, headers=OURS)

    assert response.cookies[appearance.COOKIE].value == "trenza"


def test_page_of_a_stranger_cannot_choose_for_her():
    response = under("notas").post("/mi/aspecto/", {"look": "trenza"}, headers={"Origin": "https://evil.example"})

    assert (response.status_code, appearance.COOKIE in response.cookies) == (403, False)


def test_browser_that_sends_no_origin_chooses_with_a_token():
    client = Client(enforce_csrf_checks=True)
    page = client.get("/mi/aspecto/").content.decode()
    [token] = re.findall('name="csrfmiddlewaretoken" value="(.*?)"', page)

    response = client.post("/mi/aspecto/", {"look": "notas", "csrfmiddlewaretoken": token})

    assert response.cookies[appearance.COOKIE].value == "notas"


@pytest.mark.parametrize("look", appearance.LOOKS)
def test_icons_of_a_look_are_where_its_manifest_says(client, look):
    for icon in appearance.LOOKS[look].icons:
        response = client.get(icon["src"])
        assert (response.status_code, response["Content-Type"]) == (200, icon["type"])
        if icon["type"] == "image/png":
            assert struct.unpack(">II", response.content[16:24]) == tuple(map(int, icon["sizes"].split("x")))
    assert client.get(appearance.LOOKS[look].touch_icon).status_code == 200
    assert len(appearance.LOOKS[look].icon) < 700


@pytest.mark.parametrize("path", ["/iconos/nada.svg", "/iconos/notas-191.png", "/iconos/nada-192.png"])
def test_icon_of_no_look_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_icon_asked_for_by_name_is_that_of_her_look():
    response = under("notas").get("/favicon.ico")

    assert response.content.decode() == appearance.LOOKS["notas"].svg
    assert response["Cache-Control"] == "private, no-cache"  # she may choose another


def test_error_without_a_request_has_our_look():
    assert head(errors.error_page(500))[1] == "Trenza"
    assert appearance.look_of(RequestFactory().get("/")).code == "trenza"


def test_lesson_says_its_own_title_alone_and_is_the_same_bytes_under_every_look():
    documents = {under(look).get(sample.LESSON).content for look in ("", *appearance.LOOKS)}

    assert len(documents) == 1
    assert head(Client().get(sample.LESSON))[0] == "Una contraseña que no se olvida"


@pytest.mark.parametrize(("look", "name"), [("notas", "Mis notas"), ("__proto__", "Trenza"), ("nada", "Trenza")])
def test_look_is_laid_over_a_lesson_before_it_is_seen(browser: Browser, site: str, look: str, name: str):
    page = browser.new_page(base_url=site, viewport={"width": 360, "height": 640})
    page.context.add_cookies([{"name": "look", "value": look, "url": site}])
    # What the bar says when the body has only begun: the script runs before the lesson is parsed.
    page.add_init_script(
        """new MutationObserver((_, watch) => {
            if (!document.querySelector("main")) return;
            watch.disconnect();
            window.early = document.querySelector(".brand").textContent.trim();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(sample.LESSON)

    expect(page.locator(".brand")).to_have_text(name)
    assert page.evaluate("early") == name
    neutral = look in NEUTRAL
    assert page.title() == (name if neutral else "Una contraseña que no se olvida")
    assert page.locator("link[rel=icon]").get_attribute("href").startswith("/iconos/notas.svg" if neutral else "data:")  # type: ignore[union-attr]
    page.context.close()
