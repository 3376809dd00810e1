"""Wishes, seats and places by track as a coordinator sees and changes them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.admissions.tracks import a_tracks_call, placed, places, taken_of, wishing
from tests.portals.office.books import ANA, HEADER, a_book
from tests.portals.office.people import sign_in, staff
from tests.portals.office.test_people_import import EVA, NEW, cells, confirm, send
from trenza.apps.admissions.api import Application, Call, wished_by
from trenza.apps.people.api import PeopleImport
from trenza.apps.programmes.api import TrackChange
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
WHY = "El horario no le sirve"


@pytest.fixture
def call() -> Call:
    return a_tracks_call(9, python=2, redes=1)


@pytest.fixture
def office(client: Client, call: Call) -> Client:
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))
    return client


def said(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_list_shows_and_filters_by_wish_and_by_place(office: Client, call: Call):
    wishing(call, 1, "python", "redes")
    wishing(call, 2, "soporte")
    placed(call, 3, "redes", "python")

    page = said(office, "/oficina/solicitudes/")
    assert "Python › Redes" in page
    assert "Redes › Python" in page
    tracks = {track.code: track.pk for track in call.tracks_offered}
    found = {
        "wish": said(office, f"/oficina/solicitudes/?wish={tracks['python']}"),
        "place": said(office, f"/oficina/solicitudes/?place={tracks['redes']}"),
        "exported": office.get("/oficina/solicitudes/?export=csv").getvalue().decode(),
    }
    assert [name for n in (1, 2, 3) if (name := f"Juana {n}") in found["wish"]] == ["Juana 1", "Juana 3"]
    assert [name for n in (1, 2, 3) if (name := f"Juana {n}") in found["place"]] == ["Juana 3"]
    assert "Python › Redes" in found["exported"]


def test_list_asks_as_much_for_one_who_wishes_as_for_three(office: Client, call: Call):
    counts = []
    for women in ([1], [2, 3]):
        for n in women:
            wishing(call, n, "redes", "python")
        with CaptureQueriesContext(connection) as asked:
            said(office, "/oficina/solicitudes/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_coordinator_awards_one_of_her_wishes(office: Client, call: Call):
    application = wishing(call, 1, "python", "redes")
    page = said(office, f"/oficina/solicitudes/{application.pk}/")
    assert "1. Python" in page
    redes = call.tracks.get(code="redes")
    soporte = call.tracks.get(code="soporte")

    refused = office.post(f"/oficina/solicitudes/{application.pk}/adjudicar/", {"track": soporte.pk}, follow=True)
    assert "Ella no desea esa ruta" in refused.content.decode()
    office.post(f"/oficina/solicitudes/{application.pk}/adjudicar/", {"track": redes.pk})

    assert places(call) == {"Juana 1": "redes"}


def test_call_shows_the_seats_of_its_tracks(office: Client, call: Call):
    placed(call, 1, "python")

    page = said(office, f"/oficina/convocatorias/{call.pk}/")

    assert "Alfabetización" not in page.split("Rutas para elegir")[1].split("</dd>")[0]
    assert "un cambio hasta el" in page
    assert '<th scope="row">Python</th><td>2</td><td>1</td><td>1</td>' in page
    assert "Lugares de Python" in said(office, f"/oficina/convocatorias/{call.pk}/lugares/")


def test_coordinator_changes_her_track_with_a_reason(office: Client, call: Call):
    award = placed(call, 1, "python")
    at = f"/oficina/adjudicaciones/{award.pk}/"
    redes = call.tracks.get(code="redes")
    assert "Cambiar su ruta…" in said(office, at)
    assert "Redes (1 lugar libre)" in said(office, f"{at}ruta/")

    missing = office.post(f"{at}ruta/", {"track": redes.pk, "reason": ""})
    assert missing.status_code == 200
    assert office.post(f"{at}ruta/", {"track": "x", "reason": WHY}).status_code == 200
    done = office.post(f"{at}ruta/", {"track": redes.pk, "reason": WHY}, follow=True).content.decode()

    assert "sigue en «Redes»" in done
    assert WHY in done
    assert "Su lugar de «Becas 2026» pasó de «Python» a «Redes»." in done
    assert taken_of(call) == {"": 1, "python": 0, "redes": 1}
    enrolment = TrackChange.objects.get().enrolment
    assert "Cambió de «Python» a «Redes»." in said(office, f"/oficina/inscripciones/{enrolment.pk}/")


def test_a_list_of_people_has_a_column_for_each_wish(client: Client, call: Call):
    sign_in(client, staff("administrator"))
    region = call.regions.get(code="el-alto")
    template = cells(client.get(f"{NEW}plantilla/?convocatoria={call.pk}").content)
    assert {"Primera opción", "Segunda opción", "Tercera opción"} <= set(template[0])
    header = (*HEADER, "Primera opción", "Segunda opción", "¿Tienes correo electrónico?")
    rows = [
        (*ANA, "PYTHON", "redes", "sí"),
        (*EVA, "", "", "sí"),
        ("Sol", "", "sol@ejemplo.bo", "", "1/2/1995", "", "", "Cocina", "", "sí"),
        ("Luz", "", "luz@ejemplo.bo", "", "1/2/1995", "", "", "Redes", "redes", "sí"),
    ]

    page = send(client, a_book(rows, header=header), call=call.pk, region=region.pk)
    problems = {row.number: row.problems for row in page.context["problems"]}
    confirm(client)
    work_until_done()

    assert problems == {
        3: ["«Primera opción» está vacía."],
        4: ["Celda H4: no hay una ruta con este nombre para elegir"],
        5: ["La misma ruta está deseada dos veces."],
    }
    assert [track.code for track in wished_by(Application.objects.get())] == ["python", "redes"]
    assert PeopleImport.objects.get().brought_in == 1
