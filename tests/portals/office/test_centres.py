"""Centres in the office: the list, a centre's page, and what whoever keeps it does there."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, details, today, vouchers
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.apps.places.api import (
    Centre,
    Equipment,
    Hours,
    Loan,
    Visit,
    Voucher,
    change_centre,
    close_centre,
    give_voucher,
    note_visit,
    note_visits,
    set_opening_hours,
)

pytestmark = pytest.mark.django_db

LIST = "/oficina/centros/"


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def keeper(centre: Centre, client: Client) -> Person:
    """A trainer of everything, signed in."""
    person = staff("trainer")
    sign_in(client, person)
    return person


def at(centre: Centre, rest: str = "") -> str:
    return f"{LIST}{centre.pk}/{rest}"


def text(response: Any) -> str:
    return str(response.content.decode())


def said(client: Client, address: str, data: dict[str, Any]) -> str:
    """What comes of a form that is sent: the page after it."""
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return text(response)


def test_list_holds_the_centres_of_the_viewers_region(client: Client):
    call = scene.a_scene_call()
    here = a_centre(organisation="", name="Casa Grande", municipality="El Alto")
    a_centre("oruro", organisation="", region="oruro", name="Otra casa")
    sign_in(client, scene.coordinator_of(call))

    page = client.get(LIST)
    assert "<dd>El-Alto</dd>" in text(client.get(at(here)))

    assert [row.pk for row in page.context["object_list"]] == [here.pk]
    assert "Otra casa" not in text(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=casa+grande", ["Casa Grande"]),
        ("?q=CIVICA", ["Casa Grande", "Otra casa"]),
        ("?q=nada", []),
        ("?country=CL", ["Otra casa"]),
        ("?state=closed", ["Otra casa"]),
        ("?state=open&country=BO", ["Casa Grande"]),
        ("?state=%00&country=%00&q=%00", ["Casa Grande", "Otra casa"]),
        ("?ordering=-name", ["Otra casa", "Casa Grande"]),
    ],
)
def test_list_is_searched_and_filtered(client: Client, query: str, names: list[str]):
    a_centre(name="Casa Grande")
    close_centre(centre=a_centre("otra", name="Otra casa", country="CL"), by=None)
    sign_in(client, staff("auditor"))

    assert [row.name for row in client.get(LIST + query).context["object_list"]] == names


def test_export_says_what_is_lent_late_and_left(client: Client):
    centre = a_centre(note="=1+1")
    Loan.objects.filter(pk=a_loan(a_thing(centre)).pk).update(due_on=today() - timedelta(days=1))
    a_loan(a_thing(centre, "T-2"))
    vouchers(centre, "A1", "A2", "A3")
    sign_in(client, staff("coordinator"))

    response = client.get(f"{LIST}?export=csv")
    head, row = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # a stream

    cells = dict(zip(head.lstrip("\ufeff").split(","), row.split(","), strict=True))
    assert {name: cells[name] for name in ("Centro", "Equipos", "Prestado", "Con atraso", "Vales que quedan")} == {
        "Centro": "Centro El Alto", "Equipos": "2", "Prestado": "2", "Con atraso": "1", "Vales que quedan": "3",
    }  # fmt: skip
    assert "A1" not in row


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_much_for_one_centre_as_for_three(client: Client, django_assert_num_queries, rows: int):
    for n in range(rows):
        centre = a_centre(f"centro-{n}")
        a_loan(a_thing(centre))
        vouchers(centre, "A1")
    sign_in(client, staff("trainer"))

    with django_assert_num_queries(13):
        assert len(client.get(LIST).context["object_list"]) == rows


def furnish(centre: Centre, n: int) -> None:
    for number in range(n):
        a_loan(a_thing(centre, f"L-{number}"))
        a_thing(centre, f"T-{number}")
        vouchers(centre, f"A{number}", f"B{number}", minutes=60 + number)
        note_visits(centre=centre, count=2, day=today() - timedelta(days=number), purpose="wifi", by=None)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_much_with_one_of_each_as_with_three(
    client: Client, centre: Centre, keeper: Person, django_assert_num_queries, rows: int
):
    furnish(centre, rows)
    set_opening_hours(centre=centre, hours=[Hours(day, time(9), time(12)) for day in range(rows)], by=None)

    with django_assert_num_queries(21):
        page = client.get(at(centre))

    assert [len(page.context[name]) for name in ("hours", "lent", "equipment", "stock", "visits")] == [rows] * 5


def test_page_says_what_is_there_and_what_is_late_first(client: Client, keeper: Person, centre: Centre):
    a_loan(a_thing(centre, "T-1"), a_person("Ana"))
    late = a_loan(a_thing(centre, "T-2"), a_person("Eva"))
    Loan.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=2))
    set_opening_hours(centre=centre, hours=[Hours(0, time(9), time(12, 30))], by=None)
    note_visits(centre=centre, count=3, day=today(), purpose="practice", by=None)

    page = text(client.get(at(centre)))

    assert "<dd>casa</dd>" in page  # no definition says what it is
    assert page.index("Eva") < page.index("Con atraso") < page.index("Ana")
    for words in ("Lunes", "de 09:00 a 12:30", "Practicar: 3", "Se abrió el centro.", "de La Paz.</p>"):
        assert words in page, words


def test_page_has_map_links_that_ask_nobody_anything(client: Client, keeper: Person, centre: Centre):
    assert "openstreetmap" not in text(client.get(at(centre)))
    client.post(at(centre, "cambiar/"), form(coordinates="-16.504610, -68.1629"))

    page = text(client.get(at(centre)))

    assert 'href="geo:-16.50461,-68.1629"' in page
    assert 'href="https://www.openstreetmap.org/?mlat=-16.50461&amp;mlon=-68.1629#map=17/-16.50461/-68.1629"' in page


def test_an_auditor_sees_the_page_with_nothing_to_do_and_no_names_she_may_not_read(client: Client, centre: Centre):
    a_loan(a_thing(centre), a_person("Ana"))
    furnish(centre, 1)
    sign_in(client, staff("auditor", scope_kind="centre", scope=centre.pk))

    page = client.get(at(centre))

    assert page.context["keeps"] is False
    assert "Ana Quispe" in text(page)  # she may read who borrows at this centre
    assert "<form" not in text(page).partition("office-facts")[2]


def form(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Centro El Alto", "code": "el-alto", "country": "BO", "region": "", "organisation": "",
        "municipality": "El Alto", "address": "Av. Cívica 12", "coordinates": "", "time_zone": "America/La_Paz",
        "wifi_name": "", "note": "",
    }  # fmt: skip
    return given | changes


def test_a_coordinator_opens_a_centre_in_her_region_and_says_when_one_may_come(client: Client):
    call = scene.a_scene_call()
    sign_in(client, scene.coordinator_of(call))
    page = client.get(f"{LIST}abrir/")
    assert [value for value, _label in page.context["form"].fields["region"].choices] == ["", "el-alto"]

    response = client.post(f"{LIST}abrir/", form(region="el-alto", code="nuevo"))
    centre = Centre.objects.get()
    assert response["Location"] == at(centre, "horario/")
    hours = {"opens00": "09:00", "closes00": "12:00", "opens01": "14:00:59", "closes01": "18:00"}
    assert "El horario quedó guardado." in said(client, at(centre, "horario/"), hours)

    assert [str(each) for each in centre.hours.all()] == ["0 09:00-12:00", "0 14:00-18:00"]
    again = client.get(at(centre, "horario/")).context["form"]
    assert (again["opens01"].value(), again["opens10"].value()) == (time(14), None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": ""}, "El centro no quedaría a tu cargo."),
        ({"region": "oruro"}, "no es una de ellas"),
        ({"code": "El Alto"}, "Usa letras minúsculas, cifras y guiones."),
        ({"code": "nuevo\n"}, "ya está en uso"),
        ({"code": "x" * 61}, "60"),
        ({"coordinates": "aquí"}, "Escribe la latitud y la longitud"),
        ({"coordinates": "16.5 S, 68.1 W"}, "Escribe la latitud y la longitud"),
        ({"coordinates": "-91, 0"}, "ningún lugar de la Tierra"),
        ({"coordinates": "0 181"}, "ningún lugar de la Tierra"),
        ({"country": "XX"}, "no es una de ellas"),
        ({"time_zone": "../etc"}, "no es una de ellas"),
        ({"name": "A\x00"}, "caracteres nulos"),
        ({"note": "\x00"}, "caracteres nulos"),
        ({"address": ""}, ""),
    ],
)
def test_a_centre_that_cannot_be_is_said_and_the_form_stays_filled(client: Client, changes: dict[str, str], words: str):
    call = scene.a_scene_call()
    a_centre("nuevo", region="oruro")
    sign_in(client, scene.coordinator_of(call))

    response = client.post(f"{LIST}abrir/", form(region="el-alto", code="otro") | changes)

    if words:
        assert response.status_code == 200
        assert words in text(response)
        assert 'value="El Alto"' in text(response)
    assert Centre.objects.filter(region="el-alto").count() == (0 if words else 1)


def test_changing_a_centre_keeps_what_is_not_hers_to_choose(client: Client):
    """A trainer of one centre has no regions to choose from; that of the centre stays."""
    centre = a_centre()
    sign_in(client, staff("trainer", scope_kind="centre", scope=centre.pk))
    shown = client.get(at(centre, "cambiar/")).context["form"]

    page = said(client, at(centre, "cambiar/"), {**shown.initial, "name": "Otro nombre"})

    centre.refresh_from_db()
    assert "El centro quedó cambiado." in page
    assert (centre.name, centre.region, centre.organisation) == ("Otro nombre", "el-alto", "casa")


@pytest.mark.parametrize(
    ("hours", "field", "words"),
    [
        ({"opens00": "09:00"}, "closes00", "Di las dos cosas"),
        ({"opens00": "09:00", "closes00": "08:00"}, "opens00", "Tiene que abrir antes de cerrar."),
        (
            {"opens30": "09:00", "closes30": "12:00", "opens31": "11:00", "closes31": "13:00"},
            "opens30",
            "Dos horarios del mismo día se cruzan.",
        ),
        ({"opens60": "25:00", "closes60": "\x00"}, "opens60", "hora válida"),
    ],
)
def test_hours_that_cannot_be_are_said_at_their_day(
    client: Client, keeper: Person, centre: Centre, hours: dict[str, str], field: str, words: str
):
    response = client.post(at(centre, "horario/"), hours)

    assert any(words in each for each in response.context["form"].errors[field])
    assert not centre.hours.exists()


def test_a_thing_is_added_lent_and_brought_back(client: Client, keeper: Person, centre: Centre):
    ana = a_person("Ana")
    added = said(client, at(centre, "equipos/agregar/"), {"code": "T-1", "kind": "tablet", "label": "Negra"})
    assert "«T-1» quedó agregado." in added
    thing = Equipment.objects.get()
    lend = at(centre, f"equipos/{thing.pk}/prestar/")
    assert str(ana.pk) not in text(client.get(lend))
    found = client.get(lend, {"q": "ana quispe"})
    assert list(found.context["guests"]) == [ana]

    lent = said(client, lend, {"q": "ana", "person": ana.pk, "due_on": today().isoformat(), "note": "Con funda"})
    assert "Ana Quispe tiene ahora «T-1»." in lent
    loan = Loan.objects.get()
    assert "Con funda" in text(client.get(at(centre, f"prestamos/{loan.pk}/devolver/")))
    back = said(client, at(centre, f"prestamos/{loan.pk}/devolver/"), {"note": "Sin funda"})
    assert "«T-1» ya volvió." in back
    assert "Ya se había devuelto." in said(client, at(centre, f"prestamos/{loan.pk}/devolver/"), {"note": ""})

    loan.refresh_from_db()
    assert (loan.person, loan.note, loan.return_note, loan.returned_by) == (ana, "Con funda", "Sin funda", keeper)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person": ""}, "Elige a quién."),
        ({"person": "01a2242b-0000-7000-8000-000000000000"}, "Elige a quién."),
        ({"person": "\x00"}, "válido"),
        ({"person": "nadie", "q": "\x00"}, "válido"),
        ({"due_on": "ayer"}, "fecha válida"),
        ({"due_on": "1999-01-01"}, "Ese día no puede ser."),
        ({"due_on": "9999-12-31"}, "Ese día no puede ser."),
        ({"note": "\x00"}, "caracteres nulos"),
        ({"note": "x" * 301}, "300"),
    ],
)
def test_a_loan_that_cannot_be_is_said_in_the_form(
    client: Client, keeper: Person, centre: Centre, changes: dict[str, str], words: str
):
    thing, ana = a_thing(centre), a_person("Ana")
    given = {"q": "ana", "person": str(ana.pk), "due_on": today().isoformat(), "note": ""}

    page = said(client, at(centre, f"equipos/{thing.pk}/prestar/"), given | changes)

    assert words in page
    assert not Loan.objects.exists()


def test_nobody_outside_her_scope_is_found_or_lent_to(client: Client, centre: Centre):
    stranger, known = a_person("Ana Lejana"), a_person("Ana Cercana")
    note_visit(centre=centre, person=known, day=today(), purpose="wifi", by=None)
    thing = a_thing(centre)
    sign_in(client, staff("trainer", scope_kind="centre", scope=centre.pk))
    lend = at(centre, f"equipos/{thing.pk}/prestar/")

    assert list(client.get(lend, {"q": "ana"}).context["guests"]) == [known]
    assert "Elige a quién." in said(client, lend, {"person": stranger.pk, "due_on": today().isoformat()})
    assert client.get(lend, {"q": "ana\x00"}).status_code == 200


def test_what_is_gone_leaves_the_list_after_it_was_asked(client: Client, keeper: Person, centre: Centre):
    thing = a_thing(centre)
    retire = at(centre, f"equipos/{thing.pk}/quitar/")
    assert "Se rompió" in text(client.get(retire))

    assert "«T-1» ya no es del centro." in said(client, retire, {})
    assert "El centro ya no lo tiene." in said(client, retire, {})

    assert "T-1" not in text(client.get(at(centre))).partition('id="history"')[0]


def test_vouchers_are_pasted_and_uploaded_and_what_is_left_out_is_told(client: Client, keeper: Person, centre: Centre):
    vouchers(centre, "A1")
    file = SimpleUploadedFile("vales.txt", "\ufeffB1\r\nA1\r\n".encode())
    given = {"amount": "30", "unit": "minutes", "lines": "A1\nC1\nC1\nñ", "file": file}

    page = said(client, at(centre, "vales/traer/"), given)

    assert (
        "Se trajeron 2 vales. La línea 1 ya estaba y se dejó fuera. Las líneas 3, 6 repiten otras y se dejaron fuera. "
        "La línea 4 no es un código y se dejó fuera."
    ) in page
    assert list(Voucher.objects.order_by("batch", "number").values_list("code", "batch__minutes")) == [
        ("A1", 60),
        ("C1", 30),
        ("B1", 30),
    ]
    assert "C1" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lines": " \n"}, "Pega los códigos o elige un archivo."),
        ({"lines": "A1"}, "no hay ningún vale nuevo"),
        ({"lines": "\n".join(f"X{n}" for n in range(2_001))}, "Hazlo por partes."),
        ({"lines": "x" * 130_001}, "130000"),
        ({"lines": "B\x00"}, "caracteres nulos"),
        ({"amount": "0"}, "1 o más"),
        ({"amount": "1000000"}, "Di para cuántos minutos"),
        ({"amount": "\x00"}, "número entero"),
        ({"unit": "years"}, "no es una de ellas"),
        ({"file": SimpleUploadedFile("a.txt", b"\xff\xfe\x00")}, "Este no es un archivo de texto."),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 520_001)}, "El archivo es demasiado grande."),
    ],
)
def test_vouchers_that_cannot_be_are_said_in_the_form(
    client: Client, keeper: Person, centre: Centre, changes: dict[str, Any], words: str
):
    vouchers(centre, "A1")

    page = said(client, at(centre, "vales/traer/"), {"amount": "30", "unit": "minutes", "lines": "B1"} | changes)

    assert words in page
    assert Voucher.objects.count() == 1


def test_a_voucher_is_given_and_shown_to_who_gave_it_alone(client: Client, keeper: Person, centre: Centre):
    ana = a_person("Ana")
    vouchers(centre, "SECRETO-1", "SECRETO-2")
    assert "SECRETO" not in text(client.get(at(centre, "vales/dar/"))) + text(client.get(at(centre)))

    response = client.post(at(centre, "vales/dar/"), {"person": ana.pk}, follow=True)
    shown = response.redirect_chain[0][0]
    assert "SECRETO-1" in text(response)
    assert "Para Ana Quispe." in text(response)
    assert "no-store" in response["Cache-Control"]
    sign_in(client, staff("trainer"))
    assert client.get(shown).status_code == 404
    assert "SECRETO-2" in said(client, at(centre, "vales/dar/"), {})
    assert "No queda ningún vale." in said(client, at(centre, "vales/dar/"), {})

    assert list(Voucher.objects.order_by("number").values_list("given_to", flat=True)) == [ana.pk, None]


def test_visits_are_noted_by_name_or_number_and_taken_back(client: Client, keeper: Person, centre: Centre):
    ana, address = a_person("Ana"), at(centre, "visitas/")
    day = {"day": today().isoformat(), "purpose": "class"}

    assert "Ana Quispe quedó anotada." in said(client, address, {"person": ana.pk, **day})
    assert "Ya está anotada para eso ese día." in said(client, address, {"person": ana.pk, **day})
    assert "4 visitas quedaron anotadas." in said(client, address, {"count": 4, **day})
    visit = Visit.objects.get(count=4)
    assert "Ya no cuenta." in said(client, at(centre, f"visitas/{visit.pk}/quitar/"), {})

    assert list(Visit.objects.filter(taken_back_at=None).values_list("person", "count")) == [(ana.pk, 1)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": ""}, "Elige quién vino o di cuántas"),
        ({"count": "0"}, "1 o más"),
        ({"count": "501"}, "500 o menos"),
        ({"count": "\x00"}, "número entero"),
        ({"purpose": "dormir"}, "no es una de ellas"),
        ({"day": "0001-01-01"}, "Ese día no puede ser."),
        ({"day": (today() + timedelta(days=2)).isoformat()}, "Ese día no puede ser."),
        ({"person": "\x00"}, "válido"),
    ],
)
def test_visits_that_cannot_be_are_said_in_the_form(
    client: Client, keeper: Person, centre: Centre, changes: dict[str, str], words: str
):
    given = {"count": "2", "purpose": "wifi", "day": today().isoformat()}

    assert words in said(client, at(centre, "visitas/"), given | changes)
    assert not Visit.objects.exists()


def test_a_centre_is_closed_and_opened_again(client: Client, keeper: Person, centre: Centre):
    loan = a_loan(a_thing(centre))
    assert "Primero tiene que volver." in said(client, at(centre, "cerrar/"), {})
    said(client, at(centre, f"prestamos/{loan.pk}/devolver/"), {})

    assert "ya no aparece en la lista pública" in said(client, at(centre, "cerrar/"), {})
    assert "Este centro está cerrado." in said(client, at(centre, "visitas/"), {
        "count": "2", "purpose": "wifi", "day": today().isoformat(),
    })  # fmt: skip
    assert "El centro está abierto otra vez." in said(client, at(centre, "reabrir/"), {})
    assert "Este centro está abierto." in said(client, at(centre, "reabrir/"), {})


def test_what_belongs_to_another_centre_is_not_there(client: Client, keeper: Person, centre: Centre):
    other = a_centre("otro")
    thing, loan = a_thing(other), a_loan(a_thing(other, "T-2"))
    visit = note_visits(centre=other, count=2, day=today(), purpose="wifi", by=None)
    vouchers(other, "A1")
    voucher = give_voucher(centre=other, by=keeper)

    for rest in (
        f"equipos/{thing.pk}/prestar/", f"equipos/{thing.pk}/quitar/", f"prestamos/{loan.pk}/devolver/",
        f"vales/{voucher.pk}/", f"visitas/{visit.pk}/quitar/",
    ):  # fmt: skip
        assert client.post(at(centre, rest)).status_code in {404, 405}, rest
    assert client.get(at(other, f"vales/{voucher.pk}/")).status_code == 200


def test_her_page_tells_what_she_borrowed_and_when_she_came(client: Client, centre: Centre):
    ana = a_person("Ana")
    a_loan(a_thing(centre), ana, days=0)
    note_visit(centre=centre, person=ana, day=today(), purpose="help", by=None)
    change_centre(centre=centre, details=details(name="Casa Grande"), by=None)
    sign_in(client, staff("coordinator"))

    page = text(client.get(f"/oficina/personas/{ana.pk}/"))

    assert "Se prestó «T-1» de Casa Grande hasta el" in page
    assert "Vino a Casa Grande el" in page


def test_a_role_at_a_centre_is_offered_and_said_in_words(client: Client):
    call = scene.a_scene_call()
    here = a_centre(organisation="", name="Casa Grande")
    a_centre("oruro", organisation="", region="oruro", name="Otra casa")
    sign_in(client, scene.coordinator_of(call))
    given = {
        "email": "nueva@example.test", "given_name": "Marta", "family_name": "", "role": "trainer",
        "place": f"centre:{here.pk}",
    }  # fmt: skip

    page = text(client.get("/oficina/equipo/dar/"))
    assert ("Casa Grande" in page, "Otra casa" in page) == (True, False)
    assert "en el centro Casa Grande" in said(client, "/oficina/equipo/dar/", given)
    said(client, "/oficina/equipo/dar/", given | {"confirm": "1"})

    assert "en el centro Casa Grande" in text(client.get("/oficina/equipo/"))


def test_the_first_page_says_what_is_late_at_her_centres(client: Client, centre: Centre):
    other = a_centre("otro")
    for each, days in ((centre, 1), (centre, 0), (other, 2)):
        loan = a_loan(a_thing(each, f"T-{days}"))
        Loan.objects.filter(pk=loan.pk).update(due_on=today() - timedelta(days=days))
    sign_in(client, staff("trainer", scope_kind="centre", scope=centre.pk))

    waiting = client.get("/oficina/").context["waiting"]

    assert [(each.sentence, each.url) for each in waiting] == [("1 cosa prestada tiene atraso.", LIST)]
