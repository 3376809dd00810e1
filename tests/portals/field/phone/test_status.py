"""The foot of a page says what is on its way; whoever has no profile loads nothing for it."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.portals.field import sample
from tests.portals.field.phone.conftest import cut, error, holds_back, portal, profile, put
from tests.portals.field.test_browser import open_and_settle
from trenza.portals.field import modules, words

BARRED = (
    "2 respuestas por enviar. Este teléfono ya no puede enviar lo tuyo. "
    "Lo que hiciste sigue aquí: habla con tu formadora."
)


def asked_for(page, path: str) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    open_and_settle(page, path)
    return asked


@pytest.mark.parametrize("path", ["/", sample.LESSON])
def test_visitor_without_a_profile_loads_nothing_of_hers(phone_context, path):
    page = phone_context.new_page()

    loaded = [name for name in asked_for(page, path) if name.endswith(".js")]

    assert loaded[0] == "phone.js"
    assert set(loaded) <= {"phone.js", "draft.js", "register.js", "install.js", "words.js"}
    assert sum(len(gzip.compress(modules.sources()[name].encode(), 9)) for name in loaded) < 2_560
    assert len(gzip.compress(modules.sources()["phone.js"].encode(), 9)) < 1_536
    expect(page.locator(".sends")).to_have_count(0)


def test_modules_of_a_lesson_are_few_bytes():
    packed = {name: len(gzip.compress(text.encode(), 9)) for name, text in modules.sources().items()}
    names = "phone acts alone bytes msgpack outbox people pin seal sender status store tally tokens unlocked wire"
    names += " words words-es"

    assert sum(packed[f"{name}.js"] for name in names.split()) <= 20_480


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (None, "Todo enviado"),
        (cut, "2 respuestas por enviar. Todavía no hay señal. Se envían solas cuando vuelva."),
        (portal, "2 respuestas por enviar. Este Wi-Fi pide algo antes: abre su página y después envía."),
        (
            error(503, "busy", Retry_After="60"),
            "2 respuestas por enviar. Muchas envían a la vez. Se envían solas en un momento.",
        ),
        (error(401, "unknown_token"), BARRED),
    ],
    ids=["all sent", "no signal", "portal", "busy", "barred"],
)
def test_foot_says_what_became_of_it(page, sync, fault, words):
    sync.always = cut
    put(page, 2)
    holds_back(page)
    page.goto("/hoy-no/")
    send_now = page.get_by_role("button", name="Enviar ahora")
    expect(send_now).to_be_visible()
    sync.always = fault
    send_now.click()

    expect(page.locator(".sends [role=status]")).to_have_text(words)
    expect(send_now).to_have_count(0 if fault is None else 1)


def test_foot_says_of_refused_answers_what_she_can_do(page, sync):
    sync.status = {1: "refused"}
    put(page)
    page.goto(sample.LESSON)

    expect(page.locator(".sends [role=status]")).to_have_text(
        "No pudimos recibir 1 respuesta. Sigue en este teléfono: muéstrasela a tu formadora."
    )


def test_foot_says_that_her_access_ended_though_all_was_handed_in(page, sync):
    sync.revoked = {profile()["token"], profile()["deliver"]}
    put(page)
    page.goto(sample.LESSON)

    expect(page.locator(".sends [role=status]")).to_have_text(
        "Todo enviado. Tu acceso en este teléfono terminó: habla con tu formadora."
    )


def test_words_of_all_areas_have_names_of_their_own():
    names = [name for area in words.AREAS for name in area]

    assert sorted(names) == sorted(set(names))


def test_signal_that_comes_back_sends(page, sync):
    sync.always = cut
    put(page, 2)
    page.goto("/")
    expect(page.locator(".sends")).to_contain_text("2 respuestas por enviar")

    sync.always = None
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".sends [role=status]")).to_have_text("Todo enviado")


def test_foot_has_no_barrier_and_fits_320_pixels_and_twice_the_text(page, sync):
    sync.always = cut
    put(page, 2)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(sample.LESSON)
    expect(page.get_by_role("button", name="Enviar ahora")).to_be_visible()

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert found.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert page.get_by_role("button", name="Enviar ahora").bounding_box()["height"] >= 44


def test_words_are_in_the_language_of_the_page():
    assert '"all_sent":"Todo enviado"' in words.module("es")
    assert '"all_sent":"All sent"' in words.module("en")
    assert {"words-es.js", "words-en.js"} <= modules.sources().keys()
