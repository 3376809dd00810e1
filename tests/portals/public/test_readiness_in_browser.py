"""The path to readiness on a small phone without JavaScript, with the texts of Mujeres Online itself."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.apps.admissions.examples import a_person
from tests.portals.public.test_apply import sign_in
from tools.catalogue import ROOT
from trenza.apps.admissions.api import Application, Call, submit_application
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, load_definition
from trenza.core import clock
from trenza.core.definition import read_definition

PHONE: ViewportSize = {"width": 360, "height": 640}
MOST_BYTES = 14_336
ANSWERS: dict[str, Any] = {
    "birth_date": "1994-03-14", "region": "el-alto", "plan_when": "Martes a las 8", "plan_where": "En mi cocina",
    "plan_help": "Mi hermana", "wants_to_learn": True, "has_email": False, "knows_basics": False,
}  # fmt: skip
RIGHT = ("En la barra de arriba", "www.bancoejemplo.com.bo/cuentas", "Mirar un video", "Hablar por videollamada")


@pytest.fixture
def woman(transactional_db: None) -> Person:
    """She lacks the basics and an account of mail."""
    load_definition(definition=read_definition(ROOT / "programmes" / "mujeres-online"), today=clock.today("UTC"))
    call = Call.objects.get(code="el-alto")
    Call.objects.filter(pk=call.pk).update(published_at=clock.now() - timedelta(days=1))
    Edition.objects.update(demonstration=False)  # axe finds fault with the banner of every demonstration
    call.refresh_from_db()
    person = a_person()
    region = call.regions.get()
    submit_application(call=call, person=person, region=region, answers=ANSWERS, by=person)
    return person


@pytest.fixture
def phone(browser: Browser, live_server: Any, woman: Person) -> Iterator[Page]:
    client = Client()
    sign_in(client, woman)
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False, locale="es")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def fits(page: Page, words: str) -> None:
    """The page that says `words` is light and as wide as the phone."""
    expect(page.locator("main")).to_contain_text(words)
    assert len(gzip.compress(page.content().encode())) <= MOST_BYTES
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_in_ten_minutes_she_has_both_and_her_place(phone: Page, woman: Person):
    arrived = Application.objects.get().submitted_at
    phone.goto("/programas/mujeres-online/convocatorias/el-alto/solicitud/")
    fits(phone, "10 minutos")
    phone.get_by_role("link", name="Empezar: Lo básico, en cinco tareas").click()
    fits(phone, "Rosa te dicta")
    phone.get_by_label("123456").check()
    phone.get_by_role("button", name="Ver cómo me fue").click()
    fits(phone, "Es la primera que cualquiera prueba")
    for label in RIGHT:
        phone.get_by_label(label).check()
    phone.get_by_label("Rosa te dicta").fill("rosa.mamani@ejemplo.com")
    phone.get_by_role("button", name="Probar otra vez").click()

    fits(phone, "¡Lo lograste!")
    phone.get_by_role("link", name=re.compile("Seguir")).click()
    fits(phone, "Tu correo electrónico")
    phone.get_by_label("Tu correo electrónico").fill("rosa@ejemplo.bo")
    phone.get_by_role("button", name="Envíame un código").click()
    fits(phone, "Tu código")
    found = re.search(r"\d{6}", str(mail.outbox[0].body))
    assert found
    phone.get_by_label("Tu código").fill(found.group())
    phone.get_by_role("button", name="Seguir").click()
    phone.get_by_role("link", name="Ver mi solicitud").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Tenemos tu solicitud")
    application = Application.objects.get()
    assert (application.state, application.submitted_at) == ("submitted", arrived)


def test_pages_of_the_path_have_no_fault_that_axe_finds(browser: Browser, live_server: Any, woman: Person):
    client = Client()
    sign_in(client, woman)
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="es")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    for step in ("", "preparacion/lo-basico/", "preparacion/tu-correo/", "revision/"):
        page.goto(f"/programas/mujeres-online/convocatorias/el-alto/solicitud/{step}")
        faults = Axe().run(page).response["violations"]
        assert [(step, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    context.close()
