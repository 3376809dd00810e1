"""A list of people: looked at before anybody is registered, brought in once, and forgotten."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, a_person, an_open_call, region_of, with_seats
from tests.portals.office import scene
from tests.portals.office.books import ANA, HEADER, a_book, lines, upload
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application, Call, SignUp
from trenza.apps.people.actions import people_import as actions
from trenza.apps.people.api import (
    Account,
    ImportRow,
    PeopleImport,
    Person,
    forget_old_imports,
    register_person,
    withdraw_role,
)
from trenza.core import clock
from trenza.core.journal import work, work_until_done
from trenza.portals.office.timeline import timeline_of

pytestmark = pytest.mark.django_db
NEW = "/oficina/personas/traer/"
EVA = ("Eva", "Mamani", "eva@ejemplo.bo", "", "1/2/1995", "", "")


def send(client: Client, content: bytes, name: str = "personas.xlsx", **where: Any) -> Any:
    return client.post(NEW, {"file": upload(content, name), **where}, follow=True)


def confirm(client: Client, consent: str = "yes") -> Any:
    kept = PeopleImport.objects.latest("uploaded_at")
    return client.post(f"{NEW}{kept.pk}/confirmar/", {"consent": consent}, follow=True)


def names() -> list[str]:
    return sorted(Person.objects.filter(accounts__email__endswith="@ejemplo.bo").values_list("given_name", flat=True))


def states() -> list[tuple[int, str]]:
    return list(ImportRow.objects.values_list("number", "state"))


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_nobody_is_registered_before_the_list_is_confirmed(client: Client):
    sign_in(client, staff("administrator"))

    page = send(client, a_book([ANA, EVA]))

    assert "2 personas pueden entrar." in page.content.decode()
    assert (names(), states()) == ([], [(2, "ready"), (3, "ready")])
    work_until_done()
    assert names() == []


def test_people_of_a_confirmed_list_are_registered_as_they_were_written(client: Client):
    administrator = staff("administrator")
    sign_in(client, administrator)
    send(client, a_book([ANA, EVA]))

    confirm(client)
    work_until_done()

    ana = Account.objects.get(email="ana@ejemplo.bo")
    assert (ana.person.name, ana.phone, str(ana.person.birth_date), ana.person.sex, ana.person.country) == (
        "Ana Choque", "71234567", "1991-03-14", "female", "BO",
    )  # fmt: skip
    assert [(told.sentence, told.who) for told in timeline_of(ana.person, administrator)] == [
        ("Quedó registrada.", "tú")
    ]
    kept = PeopleImport.objects.get()
    assert (kept.brought_in, kept.known, kept.refused, states()) == (2, 0, 0, [])
    assert "2 personas entraron." in client.get(f"{NEW}{kept.pk}/").content.decode()


def test_confirming_twice_and_uploading_again_register_nobody_twice(client: Client):
    sign_in(client, staff("administrator"))
    for _again in range(2):
        send(client, a_book([ANA, EVA]))
        confirm(client)
        confirm(client)
        work_until_done()

    latest = PeopleImport.objects.latest("uploaded_at")
    assert names() == ["Ana", "Eva"]
    assert (latest.brought_in, latest.known) == (0, 2)


def test_list_is_confirmed_only_by_who_says_that_they_agreed(client: Client):
    sign_in(client, staff("administrator"))
    send(client, a_book([ANA]))

    body = confirm(client, consent="").content.decode()
    work_until_done()

    assert "Primero di que tienes su acuerdo en papel." in body
    assert names() == []


def test_problems_are_said_by_cell_and_left_out(client: Client):
    sign_in(client, staff("administrator"))
    page = send(
        client,
        a_book(
            [
                ANA,
                ("", "Paz", "p@ejemplo.bo"),
                ("Luz", "=A1", "luz@ejemplo"),
                ("Ana Dos", "", "ANA@ejemplo.bo"),
                ("Sol", "", "", "uno", "14/03/91", "M", "Narnia"),
            ]
        ),
    )

    problems = {row.number: row.problems for row in page.context["problems"]}
    assert problems == {
        3: ["«Nombre» está vacía."],
        4: [
            "Celda B4: es una fórmula. Copia la columna y pégala como valores.",
            "Celda C4: «luz@ejemplo» no es un correo completo, como rosa@example.org.",
        ],
        5: ["El mismo correo está en la fila 2."],
        6: [
            "Celda D6: escribe el teléfono solo con números, como 71234567.",
            "Celda E6: la fecha no se entiende. Escribe día, mes y año, como 14/03/1991.",
            "Celda F6: escribe «mujer», «hombre» u «otro», o déjala vacía.",
            "Celda G6: el país «Narnia» no se conoce. Escribe su nombre o su código, como BO.",
        ],
    }
    confirm(client)
    work_until_done()
    assert names() == ["Ana"]
    kept = PeopleImport.objects.get()
    assert (kept.brought_in, kept.refused) == (1, 4)
    refused = cells(client.get(f"{NEW}{kept.pk}/rechazadas/").content)
    assert [row[-2:] for row in refused][:2] == [["Fila", "Por qué no"], ["3", "«Nombre» está vacía."]]


def test_columns_may_be_called_otherwise_and_stand_in_any_order(client: Client):
    sign_in(client, staff("administrator"))
    header = ("CORREO", "Comentario", "Nombres", "Celular", "correo")

    page = send(client, lines(("ana@ejemplo.bo", "-", "Ana", "7 123 4567", ""), header=header).encode(), "a.csv")

    assert PeopleImport.objects.get().notes == [
        "La columna «Comentario» no se usa.",
        "La columna «correo» está dos veces; se leyó lo que dice cualquiera de las dos.",
    ]
    assert page.context["sample"][0].details == {"email": "ana@ejemplo.bo", "given_name": "Ana", "phone": "71234567"}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "vacío"),
        (a_book([ANA], merged="A3:B3"), "a.xlsx", "combinadas"),
        (a_book([ANA[:2]], header=HEADER[:2]), "a.xlsx", "Faltan estas columnas: Correo electrónico."),
        (b"Nombre,Correo\n", "a.csv", "no tiene filas"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_form(client: Client, content: bytes, name: str, said: str):
    sign_in(client, staff("administrator"))

    page = send(client, content, name)

    assert (page.status_code, said in str(page.context["form"].errors["file"])) == (200, True)
    assert PeopleImport.objects.count() == 0


def test_regional_coordinator_brings_people_into_her_region_and_nowhere_else(client: Client):
    call = an_open_call()
    viewer = scene.coordinator_of(call)
    sign_in(client, viewer)

    refused = [
        send(client, a_book([ANA]), **where).context["form"].errors
        for where in ({}, {"call": call.pk}, {"call": call.pk, "region": region_of(call, "oruro").pk})
    ]
    assert [list(errors) for errors in refused] == [["call"], ["region"], ["region"]]

    send(client, a_book([ANA]), call=call.pk, region=region_of(call).pk)
    confirm(client)
    work_until_done()

    ana = Account.objects.get(email="ana@ejemplo.bo").person
    assert SignUp.objects.get(person=ana).region == region_of(call)
    assert client.get(f"/oficina/personas/{ana.pk}/").status_code == 200
    assert [told.who for told in timeline_of(ana, viewer)] == ["tú"] * 3


def test_call_of_somebody_else_is_no_choice(client: Client):
    here = scene.a_scene_call()
    other = scene.other_call()
    sign_in(client, scene.coordinator_of(here))

    page = send(client, a_book([ANA]), call=other.pk)

    assert list(page.context["form"].errors) == ["call"]
    assert [call.pk for call in page.context["form"].fields["call"].queryset] == [here.pk]
    assert client.get(f"{NEW}plantilla/?convocatoria={other.pk}").status_code == 404
    assert client.get(f"{NEW}plantilla/?convocatoria=x").status_code == 404


def test_only_who_reads_everybody_is_offered_to_register_without_a_call(client: Client):
    call = scene.a_scene_call()
    offered = []
    for viewer in (scene.coordinator_of(call), staff("administrator")):
        sign_in(client, viewer)
        offered.append(str(client.get("/oficina/personas/traer/").context["form"].fields["call"].empty_label))

    assert offered == ["Elige una convocatoria", "Ninguna: solo registrarlas"]


def test_people_apply_with_the_answers_of_their_row(client: Client):
    """The template of the call has a column for each question; the rows are judged as on the public pages."""
    call = a_call()
    sign_in(client, scene.coordinator_of(call))
    header, *_rest = cells(client.get(f"{NEW}plantilla/?convocatoria={call.pk}").content)
    asked = "¿Tienes correo electrónico?"
    assert header == [*HEADER, asked, "¿Por qué quieres estudiar?"]
    young = (clock.now() - timedelta(days=20 * 365)).strftime("%d/%m/%Y")

    send(
        client,
        a_book(
            [
                ("Ana", "", "ana@ejemplo.bo", "", young, "", "", "sí", "Porque sí."),
                ("Eva", "", "eva@ejemplo.bo", "", young, "", "", "no", ""),
                ("Sol", "", "sol@ejemplo.bo", "", young, "", "", "", ""),
                ("Paz", "", "paz@ejemplo.bo", "", "", "", "", "sí", ""),
                ("Luz", "", "luz@ejemplo.bo", "", "14/03/1951", "", "", "sí", ""),
            ],
            header=header,
        ),
        call=call.pk,
        region=region_of(call).pk,
    )
    assert ImportRow.objects.get(number=4).problems == [f"«{asked}» está vacía."]
    confirm(client)
    work_until_done()

    found = Application.objects.order_by("person__given_name")
    assert [(each.person.given_name, each.state, each.response is not None) for each in found] == [
        ("Ana", "submitted", True), ("Eva", "needs_help", True), ("Luz", "not_eligible", True),
    ]  # fmt: skip
    paz = ImportRow.objects.get(number=5)
    assert (paz.state, paz.reason, names()) == ("refused", "Incomplete", ["Ana", "Eva", "Luz"])


def test_whoever_finds_no_seat_is_not_registered_either(client: Client):
    call = with_seats(an_open_call(), 1)
    sign_in(client, staff("coordinator"))
    send(client, a_book([ANA, EVA]), call=call.pk, region=region_of(call).pk)

    confirm(client)
    work_until_done()

    assert names() == ["Ana"]
    page = client.get(f"{NEW}{PeopleImport.objects.get().pk}/").content.decode()
    assert ("1 persona entró." in page, "No queda ningún lugar." in page) == (True, True)


def test_who_is_registered_outside_the_scope_is_neither_told_nor_brought_in(client: Client):
    """Before she confirms nothing tells that the address is registered; then her row is refused, and stays hers."""
    call = an_open_call()
    stranger = a_person(1, email="ana@ejemplo.bo")
    sign_in(client, scene.coordinator_of(call))

    page = send(client, a_book([ANA, EVA]), call=call.pk, region=region_of(call).pk)
    assert [row.registered for row in page.context["sample"]] == [False, False]
    confirm(client)
    work_until_done()

    assert SignUp.objects.filter(person=stranger).count() == 0
    assert client.get(f"/oficina/personas/{stranger.pk}/").status_code == 404
    assert ImportRow.objects.get().reason == "EmailTaken"


def test_who_is_there_already_is_told_and_signs_up_once(client: Client):
    call = an_open_call()
    viewer = staff("coordinator")
    juana = a_person(1, email="ana@ejemplo.bo")
    sign_in(client, viewer)

    page = send(client, a_book([ANA]), call=call.pk, region=region_of(call).pk)
    assert "1 de ellas ya está aquí con este correo" in page.content.decode()
    confirm(client)
    work_until_done()

    assert (SignUp.objects.get().person, juana.accounts.get().phone) == (juana, "")


def test_long_list_comes_in_by_portions_and_goes_on_after_a_stop(client: Client, monkeypatch: pytest.MonkeyPatch):
    sign_in(client, staff("administrator"))
    rows = [(f"Ana {n}", "", f"ana{n}@ejemplo.bo") for n in range(45)]
    send(client, a_book(rows))
    confirm(client)

    work(limit=1)
    kept = PeopleImport.objects.get()
    assert (len(names()), kept.finished_at) == (20, None)
    assert "Listas: 20. Faltan: 25." in client.get(f"{NEW}{kept.pk}/").content.decode()
    assert "espera a que termine" in client.post(f"{NEW}{kept.pk}/borrar/", follow=True).content.decode().lower()
    work_until_done()

    kept.refresh_from_db()
    assert (len(names()), kept.brought_in, kept.finished_at is not None) == (45, 45, True)


def test_who_may_no_longer_bring_people_in_brings_in_nobody(client: Client):
    call = an_open_call()
    viewer = scene.coordinator_of(call)
    sign_in(client, viewer)
    send(client, a_book([ANA]), call=call.pk, region=region_of(call).pk)
    confirm(client)
    withdraw_role(grant=viewer.role_grants.get(), by=None)

    work_until_done()

    assert (names(), ImportRow.objects.get().reason) == ([], "NotAllowed")


def test_call_that_closed_in_the_meantime_takes_nobody(client: Client):
    call = an_open_call()
    sign_in(client, staff("coordinator"))
    send(client, a_book([ANA]), call=call.pk, region=region_of(call).pk)
    confirm(client)
    Call.objects.update(closes_at=clock.now() - timedelta(days=1))

    work_until_done()

    assert (names(), ImportRow.objects.get().reason) == ([], "CallNotOpen")


def test_list_is_for_who_uploaded_it(client: Client):
    sign_in(client, staff("administrator"))
    send(client, a_book([ANA]))
    kept = PeopleImport.objects.get()
    page = f"{NEW}{kept.pk}/"
    sign_in(client, staff("administrator"))

    answers = [client.get(page), client.get(f"{page}rechazadas/")]
    answers += [client.post(f"{page}{verb}/", {"consent": "yes"}) for verb in ("confirmar", "borrar")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert PeopleImport.objects.get().confirmed_at is None


def test_list_is_deleted_on_request_and_after_a_week(client: Client):
    sign_in(client, staff("administrator"))
    send(client, a_book([ANA]))
    client.post(f"{NEW}{PeopleImport.objects.get().pk}/borrar/")
    assert (PeopleImport.objects.count(), ImportRow.objects.count()) == (0, 0)

    with clock.travel(clock.now() - actions.KEPT - timedelta(hours=1)):
        send(client, a_book([ANA, ("", "", "x@ejemplo.bo")]))
        confirm(client)
        work_until_done()
    assert [row.details for row in ImportRow.objects.all()] == [{"email": "x@ejemplo.bo"}]
    assert forget_old_imports() == 1
    kept = PeopleImport.objects.get()
    assert (kept.file_name, kept.brought_in, kept.refused) == ("", 1, 1)


def test_template_explains_itself_and_can_be_uploaded_as_it_is(client: Client):
    sign_in(client, staff("administrator"))
    content = client.get(f"{NEW}plantilla/").content

    assert cells(content) == [[*HEADER]]
    assert cells(content, 1)[1] == ["Nombre", "Sí", "Su nombre, como ella lo escribe."]
    assert "no tiene filas de personas" in str(send(client, content).context["form"].errors["file"])


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_much_for_many_as_for_few(client: Client, django_assert_num_queries: Any, rows: int):
    sign_in(client, staff("administrator"))
    good = [(f"Ana {n}", "", f"ana{n}@ejemplo.bo") for n in range(rows)]
    send(client, a_book([*good, *[("", "", f"{n}") for n in range(rows)]]))

    with django_assert_num_queries(12):
        client.get(f"{NEW}{PeopleImport.objects.get().pk}/")


def test_whoever_may_be_here_under_another_address_is_said_and_blocks_nothing(client: Client):
    sign_in(client, staff("administrator"))
    register_person(
        given_name="Ana María", family_name="Quispe Mamani", birth_date=date(1991, 3, 14), email="otra@ejemplo.bo"
    )
    header = ["Nombre", "Apellidos", "Correo", "Nacimiento"]
    rows = [
        ("Ana", "Mamani Quispe", "ana@ejemplo.bo", "14/03/1991"),
        ("Berta", "Quispe Mamani", "berta@ejemplo.bo", "14/03/1991"),
    ]

    page = send(client, a_book(rows, header=header)).content.decode()

    assert "Fila 2: quizás Ana María Quispe Mamani ya está aquí" in page
    assert "Fila 3" not in page
    assert [state for _, state in states()] == ["ready", "ready"]
