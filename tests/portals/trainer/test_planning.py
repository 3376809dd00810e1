"""A session is planned, changed and cancelled by whoever may open one there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_workshop, women
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import browser
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme
from trenza.apps.sessions.api import Session, sign_up
from trenza.core import clock

pytestmark = pytest.mark.django_db
NEW = "/formadora/nueva/"


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY - timedelta(hours=1)):
        yield


@pytest.fixture
def programme(db) -> Programme:
    return a_programme()


@pytest.fixture
def marta(programme) -> Person:
    return staff("trainer", scope_kind="edition", scope=programme.editions.get().pk)


def offers(client: Client) -> dict[str, str]:
    """What a session may be of, by its words."""
    groups = client.get(NEW).context["form"].fields["of"].choices
    return {str(words): key for _, options in groups for key, words in options}


def filled(offer: str, **fields: Any) -> dict[str, Any]:
    usual = {
        "of": offer,
        "title": "",
        "place": "Alcaldía",
        "zone": "America/La_Paz",
        "day": "2026-03-09",
        "hour": "09:30",
    }
    return usual | {"minutes": "240", "capacity": "40", "centre": ""} | fields


def test_workshop_is_planned_for_the_clock_on_the_wall_and_hers_to_give(programme, marta):
    a_workshop(programme)
    client = browser(marta)
    page = client.post(NEW, filled(offers(client)["Taller de redes"]), follow=True)

    made = Session.objects.get()
    assert "Ya está en el calendario." in page.content.decode()
    assert (made.title, made.kind, made.place, made.capacity) == ("Taller de redes", "workshop", "Alcaldía", 40)
    assert (made.starts_at.isoformat(), made.minutes) == ("2026-03-09T13:30:00+00:00", 240)
    assert made.trainers.get().person == marta


def test_class_is_of_its_track(programme, marta):
    client = browser(marta)
    client.post(NEW, filled(offers(client)["Básico"], title="Clase 1"))

    made = Session.objects.get()
    assert (made.kind, made.track, made.title) == ("class", programme.tracks.get(), "Clase 1")


def test_centre_says_where_and_in_whose_time(programme, marta):
    centre = a_centre(name="Centro El Alto")
    coordinator = staff("coordinator")
    client = browser(coordinator)
    client.post(NEW, filled(offers(client)["Otro taller"], place="", centre=centre.pk.hex, zone="America/La_Paz"))

    made = Session.objects.get()
    assert (made.centre, made.place, made.time_zone) == (centre.pk, "Centro El Alto", centre.time_zone)


def test_hour_is_of_no_place_until_somebody_says_so(programme, marta):
    client = browser(marta)
    page = client.post(NEW, filled(offers(client)["Otro taller"], zone=""))

    assert page.context["form"].errors == {"zone": ["Di de qué lugar es la hora, o elige un centro."]}
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": ""}, "Di dónde se da, o elige un centro."),
        ({"day": "2062-03-09"}, "Ese día queda a años de distancia. Revisa el año."),
        ({"minutes": "5"}, "15"),
        ({"of": "x"}, "Elige una de las opciones de la lista"),
        ({"zone": "Mars/Olympus"}, "Elige una de las opciones de la lista"),
        ({"hour": "25:99"}, "hora"),
        ({"title": "x" * 201}, "200"),
        ({"capacity": "0"}, "1"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(programme, marta, fields, words):
    client = browser(marta)
    page = client.post(NEW, filled(offers(client)["Otro taller"], **fields))

    assert page.status_code == 200
    assert words in " ".join(str(error) for errors in page.context["form"].errors.values() for error in errors)
    assert Session.objects.count() == 0


def test_only_editions_within_her_reach_are_offered(marta):
    other = a_programme(code="otro")

    assert str(other.editions.get().pk) not in "".join(offers(browser(marta)).values())


def test_session_is_changed_and_cancelled(programme, marta):
    made = a_session(programme, by=marta)
    client = browser(marta)
    address = f"/formadora/sesiones/{made.pk}/"
    fields = filled("", title="Con más tiempo", place="Biblioteca", day="2026-03-03", hour="10:00")

    assert client.get(f"{address}cambiar/").context["form"].initial["hour"].isoformat() == "10:00:00"
    assert "Cambiada." in client.post(f"{address}cambiar/", fields, follow=True).content.decode()
    made.refresh_from_db()
    assert (made.title, made.starts_at.isoformat()) == ("Con más tiempo", "2026-03-03T14:00:00+00:00")

    for _ in range(2):
        assert "Esta sesión se canceló." in client.post(f"{address}cancelar/", follow=True).content.decode()
    assert "Esta sesión se canceló." in client.post(f"{address}cambiar/", fields, follow=True).content.decode()


def test_room_for_fewer_than_have_a_place_is_refused_in_words(programme, marta):
    made = a_session(programme, by=marta)
    for enrolment in women(programme, "Ana", "Berta"):
        sign_up(session=made, person=enrolment.person, by=None)
    page = browser(marta).post(f"/formadora/sesiones/{made.pk}/cambiar/", filled("", capacity="1"))

    assert "Ya hay más mujeres con lugar que esas." in page.content.decode()


def test_page_asks_as_much_with_one_edition_as_with_three(programme, django_assert_max_num_queries):
    client = browser(staff("coordinator"))
    client.get(NEW)
    with django_assert_max_num_queries(12) as asked:
        client.get(NEW)
    for code in ("dos", "tres"):
        a_programme(code=code)
    with django_assert_max_num_queries(len(asked)):
        client.get(NEW)
