"""A workshop without a signal: marked on the trainer's own phone, sent when there is one, seen by the team."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import a_session, a_workshop, women
from tests.portals.field.phone.test_page import barriers
from tests.portals.learner.test_browser import PHONE
from tests.portals.learner.test_people_on_phone import come_in, keep_here, waiting
from tests.portals.office.people import staff
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition
from trenza.apps.sessions.api import Said, Session, WalkIn, Workshop, mark_attendance, print_cards, sign_up, standings
from trenza.core import clock
from trenza.core.journal import check, work_until_done

NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def workshop(live_server: Any) -> Session:
    """It began half an hour ago; Ana and Berta have a place. Ximena gives it."""
    programme = a_programme()
    ximena = staff("trainer", scope_kind="edition", scope=programme.editions.get().pk)
    made = a_session(
        programme,
        by=ximena,
        kind="workshop",
        workshop=a_workshop(programme),
        starts_at=clock.now() - timedelta(minutes=30),
    )
    for enrolment in women(programme, "Ana", "Berta"):
        sign_up(session=made, person=enrolment.person, by=None)
    return made


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    yield context
    context.close()


def trainer(workshop: Session) -> Person:
    return workshop.trainers.get().person


def by_name(workshop: Session) -> dict[str, str | None]:
    """The mark that holds of each, by her name."""
    names = {person.pk: person.given_name for person in Person.objects.all()}
    return {names[who]: standing.mark for (_, who), standing in standings([workshop.pk]).items()}


def tally(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text(words)


def test_workshop_without_a_signal_is_marked_on_her_phone_and_arrives_once(
    phone: BrowserContext, workshop: Session, client: Any, live_server: Any
):
    [(card, _)] = print_cards(session=workshop, count=1, by=trainer(workshop))
    page = come_in(phone, trainer(workshop), client, live_server)
    keep_here(page, "2580")
    page.goto("/telefono/")
    page.get_by_role("link", name="Listas de tus sesiones").click()
    page.get_by_role("link", name="Hojas de cálculo").click()
    tally(page, "Vinieron 0 de 2 · sin marcar: 2")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.set_offline(True)
    page.reload()

    page.get_by_role("button", name="Ana Quispe").first.click()
    tally(page, "Vinieron 1 de 2 · sin marcar: 1")
    page.get_by_label("Su nombre").fill("Dora")
    page.get_by_label("Su edad").select_option("30_39")
    page.get_by_label("Su región").select_option("norte")
    page.get_by_label("El número de la tarjeta").fill("12345678")
    page.get_by_role("button", name="Agregarla: vino").click()
    expect(page.get_by_role("alert")).to_contain_text("no es el número de una tarjeta")
    page.get_by_label("El número de la tarjeta").fill(f"{card.number[:4]} {card.number[4:]}")
    page.get_by_role("button", name="Agregarla: vino").click()
    tally(page, "Vinieron 2 de 3 · sin marcar: 1")
    page.get_by_role("button", name="Las demás no vinieron").click()
    tally(page, "Vinieron 2 de 3 · sin marcar: 0")
    assert waiting(page) == 4
    assert by_name(workshop) == {}

    phone.set_offline(False)
    page.reload()
    expect(page.locator(".sends [role=status]")).to_have_text("Todo enviado")
    work_until_done()

    assert WalkIn.objects.get().state == "registered"
    assert by_name(workshop) == {"Ana": "present", "Berta": "absent", "Dora": "present"}
    assert check() == []
    # Another trainer's word: her phone shows both.
    norma = staff("coordinator", scope_kind="edition", scope=workshop.edition_id)
    ana = Person.objects.get(given_name="Ana").pk
    mark_attendance(session=workshop, marks={ana: Said("absent")}, by=norma)
    page.reload()
    expect(page.locator(f"[data-person='{ana.hex}']")).to_contain_text("No coinciden: Vino / No vino")


def test_session_that_begins_without_a_signal_is_one_with_the_servers(
    phone: BrowserContext, workshop: Session, client: Any, live_server: Any
):
    Edition.objects.update(ends_on=clock.now().date() + timedelta(days=30))
    page = come_in(phone, trainer(workshop), client, live_server)
    keep_here(page, "2580")
    page.goto("/telefono/lista/")
    page.get_by_role("button", name="Empezar ahora").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.set_offline(True)
    page.reload()

    page.get_by_label("De qué programa").select_option(index=1)  # a track; a workshop has a name already
    page.get_by_role("button", name="Empezar ahora").click()
    expect(page.get_by_role("alert")).to_have_text("Escribe cómo se llama.")
    page.set_viewport_size(NARROW)
    assert barriers(page) == []
    page.get_by_label("De qué programa").select_option(index=0)
    page.get_by_label("Cómo se llama").fill("Taller en la plaza")
    page.get_by_label("Dónde se da").fill("Plaza Murillo")
    page.get_by_label("Cuántos minutos").fill("90")
    page.get_by_role("button", name="Empezar ahora").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taller en la plaza")
    page.get_by_label("Su nombre").fill("Dora")
    page.get_by_role("button", name="Agregarla: vino").click()
    tally(page, "Vinieron 1 de 1 · sin marcar: 0")
    page.reload()
    tally(page, "Vinieron 1 de 1 · sin marcar: 0")
    assert Session.objects.count() == 1

    phone.set_offline(False)
    page.reload()
    expect(page.locator(".sends [role=status]")).to_have_text("Todo enviado")
    work_until_done()
    made = Session.objects.exclude(pk=workshop.pk).get()
    assert (made.title, made.place, made.kind, made.minutes) == ("Taller en la plaza", "Plaza Murillo", "workshop", 90)
    assert (made.track, made.opened_by, made.trainers.get().person) == (
        workshop.track,
        trainer(workshop),
        trainer(workshop),
    )
    assert made.workshop == Workshop.objects.get()
    assert by_name(made) == {"Dora": "present"}
    assert check() == []
    page.reload()
    tally(page, "Vinieron 1 de 1 · sin marcar: 0")
    page.get_by_role("link", name="Todas las listas").click()
    expect(page.locator("#lists li a")).to_have_text(["Taller en la plaza", "Hojas de cálculo"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_sessions_have_no_barrier_and_fit(
    browser: Browser, workshop: Session, client: Any, live_server: Any, scheme: Any
):
    context = browser.new_context(base_url=live_server.url, viewport=NARROW, color_scheme=scheme)
    page = come_in(context, trainer(workshop), client, live_server)
    ana = Person.objects.get(given_name="Ana").pk
    norma = staff("coordinator", scope_kind="edition", scope=workshop.edition_id)
    for by, mark in ((norma, "absent"), (trainer(workshop), "present")):
        mark_attendance(session=workshop, marks={ana: Said(mark)}, by=by)
    page.goto("/formadora/")
    assert barriers(page) == []
    for there in (
        page.get_by_role("link", name="Hojas de cálculo"),
        page.get_by_role("button", name="Un código para la pared"),
    ):
        with page.expect_navigation():
            there.click()
        assert barriers(page) == []
    for address in ("lista-externa/", "materiales/", "paquete/", "quien/"):
        page.goto(f"/formadora/sesiones/{workshop.pk}/{address}")
        assert (address, barriers(page)) == (address, [])
    page.goto("/mi/sesiones/")
    assert barriers(page) == []
    page.goto("/mi/calendario/")
    page.get_by_role("button", name="Hacer una dirección").click()
    page.get_by_role("button", name="Quitar la dirección").wait_for()
    assert barriers(page) == []
    context.close()
