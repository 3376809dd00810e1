"""Who took a woman down in person, and on what: on her application, in the list and in what is taken away of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import OPENS, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from tests.portals.office.test_exports import as_csv
from trenza.apps.admissions.api import Application, Brought, Call, Letter, taken_down, was_taken_down
from trenza.apps.people.api import Person

pytestmark = pytest.mark.django_db
AT = OPENS.replace(hour=16, minute=0) + timedelta(days=2)
LIST = "/oficina/solicitudes/"


@pytest.fixture
def call() -> Call:
    return scene.a_scene_call()


@pytest.fixture
def office(client: Client, call: Call) -> Client:
    """Of a coordinator of the programme."""
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))
    return client


def brought(application: Application, by: Person | None, **details: Any) -> Brought:
    return Brought.objects.create(
        call=application.call, person=application.person, region=application.region, by=by,
        **{"brought_at": AT} | details,
    )  # fmt: skip


def letter_of(made: Brought) -> Letter:
    return Letter.objects.create(
        id=made.pk, secret="a" * 64, call=made.call, state="received", written_at=AT - timedelta(days=1), arrived_at=AT
    )


def facts(office: Client, application: Application) -> tuple[str, str] | None:
    found: tuple[str, str] | None = office.get(f"{LIST}{application.pk}/").context["taken_down"]
    return found


def day(moment: Any) -> str:
    return f"{timezone.localtime(moment, Call.objects.get().zone):%d/%m/%Y %-H:%M}"


def test_application_says_who_took_her_down_and_on_what(office: Client, call: Call):
    rosa = staff("outreach", scope_kind="programme", scope=call.programme_id)
    on_page, on_phone, on_sheet, herself = [an_application(call, n) for n in (1, 2, 3, 4)]
    brought(on_page, rosa)
    letter_of(brought(on_phone, rosa))
    brought(on_sheet, None, paper_on=date(2026, 11, 3))

    assert facts(office, on_page) == ("Ximena Rojas", f"En la página, el {day(AT)}")
    assert facts(office, on_phone) == (
        "Ximena Rojas",
        f"En un teléfono sin señal el {day(AT - timedelta(days=1))}; llegó el {day(AT)}",
    )
    assert facts(office, on_sheet) == ("alguien del equipo", f"En una hoja del 03/11/2026, pasada el {day(AT)}")
    assert facts(office, herself) is None
    assert "En una hoja del 03/11/2026" in office.get(f"{LIST}{on_sheet.pk}/").content.decode()


def test_who_was_taken_down_in_another_call_was_not_in_this_one(call: Call):
    other = scene.other_call()
    application = an_application(call, 1)
    Brought.objects.create(call=other, person=application.person, brought_at=AT)

    assert taken_down([application]) == {}
    assert list(Application.objects.filter(was_taken_down())) == []


@pytest.mark.parametrize(("value", "found"), [("yes", [1]), ("no", [2]), ("", [1, 2]), ("x", [1, 2])])
def test_list_is_filtered_by_who_was_taken_down(office: Client, call: Call, value: str, found: list[int]):
    made = {n: an_application(call, n) for n in (1, 2)}
    brought(made[1], None)

    rows = office.get(LIST, {"taken_down": value}).context["object_list"]

    assert sorted(row.pk for row in rows) == sorted(made[n].pk for n in found)


def test_export_says_who_took_each_down(office: Client, call: Call):
    brought(an_application(call, 1), staff("outreach"), paper_on=date(2026, 11, 3))
    an_application(call, 2)

    rows = {row["Nombre"]: (row["La anotó"], row["En qué la anotó"]) for row in as_csv(office, LIST)}

    assert rows == {
        "Juana 1 Quispe": ("Ximena Rojas", f"En una hoja del 03/11/2026, pasada el {day(AT)}"),
        "Juana 2 Quispe": ("", ""),
    }


def test_who_took_whom_down_is_asked_once_for_many(call: Call, django_assert_num_queries: DjangoAssertNumQueries):
    applications = [an_application(call, n) for n in range(1, 6)]
    for each in applications:
        letter_of(brought(each, None))

    with django_assert_num_queries(2):
        assert set(taken_down(applications)) == {each.pk for each in applications}
