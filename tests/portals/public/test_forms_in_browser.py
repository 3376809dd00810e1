"""Applying on a phone, with and without a signal, on two devices; and taking three women down in a row."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.apps.admissions.actions.test_outreach import a_worker
from tests.apps.admissions.examples import BORN, FORM, a_call, a_programme, an_open_call
from trenza.apps.admissions.api import Application, Brought, Letter, SignUp
from trenza.apps.forms.api import Draft, Form, Response
from trenza.apps.people.api import Account

PHONE: ViewportSize = {"width": 360, "height": 640}
APPLY = "/programas/mujeres-online/convocatorias/beca-2026/postular/"
TAKE = "/promotora/mujeres-online/abierta/"
PAGES: list[dict[str, Any]] = [
    FORM["page"][0]
    | {
        "question": [
            *FORM["page"][0]["question"],
            {
                "code": "opens",
                "type": "yes_no",
                "label": "¿Lo abres en tu teléfono?",
                "when": [{"question": "has_email", "equals": True}],
            },
        ]
    },
    {
        "code": "ayuda",
        "title": "Te ayudamos",
        "when": [{"question": "has_email", "equals": False}],
        "question": [{"code": "where", "type": "text", "label": "¿Dónde te ayudamos?"}],
    },
]


@pytest.fixture
def site(live_server: Any) -> str:
    programme = a_programme()
    call = a_call(programme)
    Form.objects.filter(pk=call.form_id).update(definition=FORM | {"page": PAGES})
    an_open_call(programme)
    return str(live_server.url)


def a_phone(browser: Browser, site: str, **more: Any) -> BrowserContext:
    return browser.new_context(base_url=site, viewport=PHONE, locale="es", **more)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = a_phone(browser, site)
    yield context
    context.close()


def say_who(page: Page, name: str = "Juana", email: str = "juana@ejemplo.bo") -> None:
    page.get_by_label("nombre").first.fill(name)
    page.get_by_label("apellidos").fill("Quispe Mamani")
    if email:
        page.get_by_label("correo electrónico").first.fill(email)
    for label, number in (("Día", BORN.day), ("Mes", BORN.month), ("Año", BORN.year)):
        page.get_by_label(label, exact=True).fill(str(number))
    page.get_by_label("El-Alto").check()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def complaints_of(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def kept_page(page: Page) -> None:
    """Wait until the worker holds the page for who has no signal."""
    path = f"{page.evaluate('location.pathname')}telefono/"
    for _half_second in range(60):
        if page.evaluate(
            """async (path) => Boolean(navigator.serviceWorker.controller &&
                 await (await caches.open("applications")).match(path))""",
            path,
        ):
            return
        page.wait_for_timeout(500)
    raise AssertionError("the page is not kept")


@pytest.mark.parametrize("scripts", [True, False])
def test_she_applies_page_by_page_and_goes_on_elsewhere_by_her_code(browser: Browser, site: str, scripts: bool):
    first, second = (a_phone(browser, site, java_script_enabled=scripts) for _device in range(2))
    page = first.new_page()
    page.goto(APPLY)
    say_who(page)
    page.get_by_role("button", name="Seguir", exact=True).click()
    choose(page, "¿Tienes correo", "Sí")
    page.get_by_role("button", name="Guardar y seguir después").click()
    code = page.locator(".big").inner_text()

    page = second.new_page()
    page.goto(APPLY)
    page.get_by_role("link", name="Sigue con tu código").click()
    page.get_by_label("Tu código").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Seguir", exact=True).click()
    expect(page.get_by_role("group", name="¿Tienes correo").get_by_label("Sí", exact=True)).to_be_checked()
    page.get_by_role("button", name="Atrás").click()
    expect(page.get_by_label("Tu nombre")).to_have_value("Juana")
    page.get_by_role("button", name="Seguir", exact=True).click()
    choose(page, "¿Lo abres", "Sí")
    page.get_by_role("button", name="Seguir", exact=True).click()
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    page.get_by_role("button", name="Enviar mi solicitud").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tenemos tu solicitud")
    assert Response.objects.get().answers == {"has_email": True, "opens": True}
    assert list(Draft.objects.all()) == []
    first.close()
    second.close()


def test_what_is_not_asked_of_her_is_hidden(phone: BrowserContext):
    page = phone.new_page()
    page.goto(APPLY + "telefono/")
    opens, where = page.get_by_role("group", name="¿Lo abres"), page.get_by_label("¿Dónde te ayudamos?")
    expect(opens).to_be_hidden()
    expect(where).to_be_hidden()

    choose(page, "¿Tienes correo", "Sí")
    expect(opens).to_be_visible()
    choose(page, "¿Tienes correo", "No")

    expect(opens).to_be_hidden()
    expect(where).to_be_visible()
    expect(page.get_by_text("Solo si en")).to_have_count(2)
    expect(page.get_by_text("Solo si en").first).to_be_hidden()


def test_without_scripts_a_sentence_says_of_whom_it_is_asked(browser: Browser, site: str):
    context = a_phone(browser, site, java_script_enabled=False)
    page = context.new_page()
    page.goto(APPLY + "?paso=2")

    expect(page.get_by_text("Solo si en “¿Tienes correo electrónico?” respondiste “Sí”.")).to_be_visible()
    expect(page.get_by_role("group", name="¿Lo abres")).to_be_visible()
    context.close()


def begun_without_a_signal(phone: BrowserContext) -> Page:
    """The application, once it is kept: opened again offline, with who she is."""
    page = phone.new_page()
    page.goto(APPLY)
    kept_page(page)
    phone.set_offline(True)
    page.goto(APPLY)
    say_who(page)
    return page


def test_she_applies_without_a_signal_and_it_leaves_by_itself(phone: BrowserContext):
    page = begun_without_a_signal(phone)
    choose(page, "¿Tienes correo", "No")
    page.get_by_role("button", name="Enviar mi solicitud").click()
    assert list(Letter.objects.all()) == []  # her phone says what is missing before it closes the letter
    page.get_by_label("¿Dónde te ayudamos?").fill("En el centro")
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    assert complaints_of(page) == []
    page.get_by_role("button", name="Enviar mi solicitud").dblclick()
    expect(page.get_by_text("Sale sola cuando haya señal.")).to_have_count(1)
    kept = page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("trenza"); asked.onsuccess = () => {
             const all = asked.result.transaction("meta").objectStore("meta").getAll();
             all.onsuccess = () => done(JSON.stringify(all.result)); }; })"""
    )
    assert "Juana" not in kept
    assert "ejemplo.bo" not in kept

    phone.set_offline(False)

    expect(page.get_by_text("Llegó. La solicitud está registrada.")).to_be_visible()
    assert Application.objects.get().person.given_name == "Juana"
    assert Response.objects.get().answers == {"has_email": False, "where": "En el centro"}
    assert Letter.objects.count() == 1


def test_a_signal_that_comes_while_a_sending_fails_is_used(phone: BrowserContext):
    page = begun_without_a_signal(phone)
    choose(page, "¿Tienes correo", "Sí")
    choose(page, "¿Lo abres", "Sí")
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    phone.set_offline(False)
    held: list[Route] = []
    page.route("**/*", lambda route: route.continue_() if held or not is_letter(route) else held.append(route))
    page.get_by_role("button", name="Enviar mi solicitud").click()
    expect(page.get_by_text("Sale sola cuando haya señal.")).to_have_count(1)
    while not held:
        page.wait_for_timeout(50)

    page.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()

    expect(page.get_by_text("Llegó. La solicitud está registrada.")).to_be_visible()


def is_letter(route: Route) -> bool:
    return route.request.method == "POST" and '"sealed"' in (route.request.post_data or "")


def test_what_is_refused_says_why_and_goes_on_by_its_code(phone: BrowserContext):
    page = begun_without_a_signal(phone)
    page.get_by_label("Mes", exact=True).fill("13")
    choose(page, "¿Tienes correo", "Sí")
    choose(page, "¿Lo abres", "Sí")
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    page.get_by_role("button", name="Enviar mi solicitud").click()
    expect(page.get_by_text("Sale sola cuando haya señal.")).to_have_count(1)
    phone.set_offline(False)

    page.get_by_role("link", name="Sigue con tu código").click()
    expect(page.get_by_label("Tu código")).to_be_visible()
    page.get_by_label("Tu código").fill(Letter_code(page))
    page.get_by_role("button", name="Seguir", exact=True).click()

    expect(page.get_by_label("Mes", exact=True)).to_have_value("13")


def Letter_code(page: Page) -> str:  # noqa: N802
    """The code as the phone showed it on the page before."""
    kept = page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("trenza"); asked.onsuccess = () => {
             const all = asked.result.transaction("meta").objectStore("meta").getAll();
             all.onsuccess = () => done(all.result.find((each) => each.code).code); }; })"""
    )
    return str(kept)


@pytest.fixture
def worker(phone: BrowserContext, site: str, live_server: Any) -> BrowserContext:
    """The phone of an outreach worker who is signed in."""
    from django.test import Client

    from trenza.apps.admissions.api import Call

    person = a_worker(Call.objects.get(code="abierta"))
    client = Client()
    client.force_login(Account.objects.get(person=person))
    phone.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return phone


def test_a_worker_takes_three_women_down_in_a_row(worker: BrowserContext):
    page = worker.new_page()
    page.goto("/promotora/")
    page.locator("section", has_text="abierta").or_(page.locator("section")).last.get_by_role("link").first.click()
    page.goto(TAKE)
    for name in ("Ana", "Bea", "Eva"):
        page.get_by_label("Su nombre").fill(name)
        page.get_by_label("Sus apellidos").fill("Quispe")
        for label, number in (("Día", BORN.day), ("Mes", BORN.month), ("Año", BORN.year)):
            page.get_by_label(label, exact=True).first.fill(str(number))
        page.get_by_label("Se lo leí en voz alta").check()
        page.get_by_role("button", name="Anotarla, y la siguiente").click()
        expect(page.get_by_text(f"{name} ya entró y puede empezar.")).to_be_visible()
    assert complaints_of(page) == []
    assert SignUp.objects.count() == 3


def test_a_worker_takes_three_women_down_without_a_signal(worker: BrowserContext):
    page = worker.new_page()
    page.goto(TAKE)
    kept_page(page)
    worker.set_offline(True)
    page.goto(TAKE)
    for name in ("Ana", "Bea", "Eva"):
        page.get_by_label("Su nombre").fill(name)
        page.get_by_label("Sus apellidos").fill("Quispe")
        for label, number in (("Día", BORN.day), ("Mes", BORN.month), ("Año", BORN.year)):
            page.get_by_label(label, exact=True).fill(str(number))
        if name == "Ana":
            page.get_by_label("El-Alto").check()
        page.get_by_label("Se lo leí en voz alta").check()
        page.get_by_role("button", name="Anotarla, y la siguiente").click()
        expect(page.get_by_label("Su nombre")).to_have_value("")
    expect(page.get_by_text("Sale sola cuando haya señal.")).to_have_count(3)

    worker.set_offline(False)

    expect(page.get_by_text("Llegó. La solicitud está registrada.")).to_have_count(3, timeout=20_000)
    assert sorted(brought.person.given_name for brought in Brought.objects.all()) == ["Ana", "Bea", "Eva"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [APPLY, APPLY + "?paso=2", APPLY + "?paso=4", APPLY + "seguir/", APPLY + "telefono/"])
def test_pages_have_no_barrier_fit_and_are_small(browser: Browser, site: str, path: str, scheme: Any):
    page = browser.new_page(base_url=site, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    answer = page.goto(path)
    assert answer is not None
    sizes = answer.request.sizes()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert sizes["responseBodySize"] + sizes["responseHeadersSize"] <= 14_336
    assert complaints_of(page) == []
    page.close()
