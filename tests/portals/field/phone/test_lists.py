"""The page /telefono/lista/: who came, marked in one tap, and walk-ins, without a signal."""

import json
from typing import Any
from uuid import UUID

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.portals.field.phone.conftest import Sync, cut, flush, load, secret_of
from tests.portals.field.phone.people import STATE, Door, everything_kept, people, register
from tests.portals.field.phone.test_page import barriers
from trenza.apps.programmes import strata
from trenza.core import sealing
from trenza.portals.field import phone_page

SESSION, OTHER = "5e" * 16, "0f" * 16
WOMEN = {name: f"{number:032x}" for number, name in enumerate(["Ana Quispe", "Berta Mamani", "Carla Choque"], 1)}
TEACHING: list[dict[str, Any]] = [
    {
        "id": SESSION,
        "title": "Taller de cuatro horas",
        "starts_at": 1_790_000_000,
        "time_zone": "America/La_Paz",
        "place": "Alcaldía",
        "regions": [["el-alto", "El Alto"], ["oruro", "Oruro"]],
        "people": [{"id": id, "name": name, "heads": []} for name, id in WOMEN.items()],
    },
    {"id": OTHER, "title": "Clase 3", "starts_at": 1_600_000_000, "time_zone": "America/La_Paz", "place": ""}
    | {"regions": [["el-alto", "El Alto"]], "people": []},
]


@pytest.fixture
def door(phone_context: BrowserContext) -> Door:
    return Door(phone_context)


@pytest.fixture
def page(phone_context: BrowserContext, door: Door, sync: Sync) -> Page:
    """Rosa teaches; her phone has no signal."""
    page = phone_context.new_page()
    page.goto("/")
    sync.always = cut
    register(page, door, "Rosa")
    keep(page)
    page.goto(f"/telefono/lista/#{SESSION}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taller de cuatro horas")
    return page


def keep(page: Page, marks: dict[str, list[Any]] | None = None) -> None:
    """The server told these marks of the first session."""
    state = json.loads(json.dumps(STATE | {"name": "Rosa", "teaching": TEACHING}))
    for woman in state["teaching"][0]["people"]:
        woman["heads"] = (marks or {}).get(woman["name"], [])
    people(page, f"people.keepState(people.current().profile, {json.dumps(state)})")


def acts(page: Page) -> list[list[Any]]:
    """The acts that wait, without their time, in their order."""
    found = page.evaluate(
        f"""async () => (await {load("outbox.js")}.records()).map((each) =>
            [each.device, each.session, each.sequence, each.count, each.sealed].map(
                (part) => typeof part === "number" ? part : [...part]))"""
    )
    records = [sealing.Record(UUID(bytes=bytes(device)), bytes(session), sequence, count, bytes(sealed))
               for device, session, sequence, count, sealed in found]  # fmt: skip
    return [
        [*msgspec.msgpack.decode(sealing.open_record(each, secret=secret_of()))[1:], each.count] for each in records
    ]


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_one_tap_marks_a_woman_and_it_is_kept_at_once(page):
    tap(page, "Ana Quispe")

    expect(page.get_by_role("button", name="Ana Quispe").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"[data-person='{WOMEN['Ana Quispe']}']")).to_contain_text("✓ Vino · por enviar")
    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 1 de 3 · sin marcar: 2")
    assert acts(page) == [["a", [bytes.fromhex(SESSION), [[bytes.fromhex(WOMEN["Ana Quispe"]), 0, 0, None]]], 1]]


def test_second_tap_changes_nothing(page):
    for _ in range(2):
        tap(page, "Ana Quispe")
    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 1 de 3 · sin marcar: 2")
    assert len(acts(page)) == 1


def test_another_mark_takes_the_place_of_hers_and_says_which(page):
    tap(page, "Ana Quispe")
    expect(page.locator(".came")).to_have_count(1)
    page.get_by_role("button", name="Otra marca para Ana Quispe").click()
    page.get_by_role("button", name="Tuvo un motivo").click()
    page.get_by_role("button", name="Tuvo que cuidar a alguien").click()

    expect(page.locator(f"[data-person='{WOMEN['Ana Quispe']}']")).to_contain_text("Tuvo un motivo · por enviar")
    first, second = acts(page)
    device = bytes.fromhex(people(page, "people.current().device"))
    assert second[1][1] == [[bytes.fromhex(WOMEN["Ana Quispe"]), 3, 1, [device, 1]]]
    assert first[1][1][0][3] is None


def test_mark_that_was_sent_already_is_corrected_as_well(page, sync):
    sync.always = None
    tap(page, "Ana Quispe")
    expect(page.locator(".came")).to_have_count(1)
    flush(page)
    expect(page.locator(".sends [role=status]")).to_have_text("Todo enviado")
    sync.always = cut
    page.get_by_role("button", name="Otra marca para Ana Quispe").click()
    page.get_by_role("button", name="Llegó tarde").click()

    expect(page.locator(f"[data-person='{WOMEN['Ana Quispe']}']")).to_contain_text("✓ Llegó tarde · por enviar")
    device = bytes.fromhex(people(page, "people.current().device"))
    assert acts(page)[0][1][1] == [[bytes.fromhex(WOMEN["Ana Quispe"]), 1, 0, [device, 1]]]


def test_the_others_are_marked_absent_together(page):
    tap(page, "Ana Quispe")
    page.get_by_role("button", name="Las demás no vinieron").click()

    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 1 de 3 · sin marcar: 0")
    expect(page.get_by_role("button", name="Las demás no vinieron")).to_be_hidden()
    [_, rest] = acts(page)
    assert (rest[2], [row[1] for row in rest[1][1]]) == (2, [2, 2])


def test_forty_walk_ins_are_on_the_list_and_present_with_a_tap_each(page):
    page.get_by_label("Su región").select_option("oruro")
    page.get_by_label("Su edad").select_option("30_39")
    for number in range(40):
        page.get_by_label("Su nombre").fill(f"Mujer {number}")
        page.get_by_role("button", name="Agregarla: vino").click()  # one tap; the rest is typing

    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 40 de 43 · sin marcar: 3")
    made = acts(page)
    captured, marked = made[::2], made[1::2]
    assert [each[0] for each in captured] == ["w"] * 40
    assert [each[1][2:] for each in captured] == [[f"Mujer {number}", "", "oruro", "30_39"] for number in range(40)]
    assert [each[1][1][0][0] for each in marked] == [each[1][1] for each in captured]
    assert {each[1][1][0][1] for each in marked} == {0}
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 40 de 43 · sin marcar: 3")
    assert "Mujer 7" not in everything_kept(page)


def test_what_she_did_not_say_is_not_guessed(page):
    page.get_by_label("Su nombre").fill("Dora")
    page.get_by_role("button", name="Agregarla: vino").click()

    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 1 de 4 · sin marcar: 3")
    assert acts(page)[0][1][2:] == ["Dora", "", "", ""]


def test_walk_in_without_a_name_is_asked_for_it(page):
    page.get_by_role("button", name="Agregarla: vino").click()

    expect(page.get_by_role("alert")).to_have_text("Escribe su nombre.")
    expect(page.get_by_label("Su nombre")).to_be_focused()
    assert acts(page) == []


def test_what_the_server_knows_is_shown_and_two_trainers_who_differ_are_told(page):
    device = "d0" * 16
    keep(page, {"Ana Quispe": [[device, 3, 0, True]], "Berta Mamani": [[device, 4, 0, True], ["0d" * 16, 9, 2, False]]})

    expect(page.locator(f"[data-person='{WOMEN['Ana Quispe']}']")).to_contain_text("✓ Vino")
    expect(page.locator(f"[data-person='{WOMEN['Berta Mamani']}']")).to_contain_text("No coinciden: Vino / No vino")


def test_refused_mark_counts_no_more_and_stays_in_the_outbox(page, sync):
    tap(page, "Ana Quispe")
    expect(page.locator(".came")).to_have_count(1)
    sync.always, sync.status = None, {1: "refused"}
    flush(page)

    expect(page.get_by_role("status").filter(has_text="Vinieron")).to_have_text("Vinieron 0 de 3 · sin marcar: 3")
    expect(page.locator(".sends")).to_contain_text("No pudimos recibir 1 respuesta.")


def test_phone_of_a_trainer_leads_to_her_lists(page):
    page.goto("/telefono/")
    page.get_by_role("link", name="Listas de tus sesiones").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listas de tus sesiones")


def test_lists_are_chosen_the_nearest_first_and_back_leads_to_them(page):
    page.get_by_role("link", name="Todas las listas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listas de tus sesiones")
    expect(page.locator("#lists li a")).to_have_text(["Taller de cuatro horas", "Clase 3"])

    page.get_by_role("link", name="Clase 3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clase 3")


def test_locked_space_shows_no_list(page):
    people(page, "people.lock()")

    expect(page.get_by_role("heading", level=1)).to_have_text("Tu espacio está cerrado")
    expect(page.get_by_text("Ana Quispe")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_have_no_barrier_and_fit(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    tap(page, "Ana Quispe")
    expect(page.locator(".came")).to_have_count(1)
    assert barriers(page) == []
    page.get_by_role("button", name="Otra marca para Ana Quispe").click()
    expect(page.get_by_role("button", name="Tuvo un motivo")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Tuvo un motivo").click()
    expect(page.get_by_text("¿Por qué no pudo venir?")).to_be_visible()
    assert barriers(page) == []


def test_age_bands_are_those_of_enrolments():
    bands = {band for _, band in strata._BANDS} | {strata.YOUNGEST}

    assert set(phone_page.AGE_BANDS) == bands
