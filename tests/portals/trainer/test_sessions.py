"""A trainer's pages of her sessions: forms alone, and nobody else's sessions."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, women
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme
from trenza.apps.sessions.api import Said, Session, WalkIn, mark_attendance, sign_up, standings
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
SAVED = "Guardado. Marcas nuevas: "


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY - timedelta(hours=1)):
        yield


@pytest.fixture
def session(marta) -> Session:
    programme = Programme.objects.get()
    made = a_session(programme, by=marta)
    for enrolment in women(programme, "Ana", "Berta", "Carla"):
        sign_up(session=made, person=enrolment.person, by=None)
    return made


def browser(person: Person | None = None) -> Client:
    client = Client()
    if person:
        sign_in(client, person)
    return client


def address(session: Session, verb: str = "session") -> str:
    return reverse(f"trainer_{verb}", args=[session.pk])


def enrolled(name: str) -> UUID:
    found: UUID = Person.objects.get(given_name=name).pk
    return found


def marks(session: Session) -> dict[str, str | None]:
    found = {person: standing.mark for (_, person), standing in standings([session.pk]).items()}
    return {each.given_name: found[each.pk] for each in Person.objects.filter(pk__in=found)}


def post(client: Client, session: Session, verb: str, **fields: str) -> str:
    """What the page says afterwards."""
    return client.post(address(session, verb), fields, follow=True).content.decode()


def choices(**by_name: str) -> dict[str, str]:
    return {enrolled(name).hex: value for name, value in by_name.items()}


def test_today_lists_her_sessions_by_day_where_they_are_held(marta, session):
    a_session(session.edition.programme, by=marta, starts_at=MONDAY + timedelta(days=20), title="Lejos")
    page = browser(marta).get("/formadora/")

    assert [(day.isoformat(), [each.session.title for each in some]) for day, some in page.context["days"]] == [
        ("2026-03-02", ["Hojas de cálculo"])
    ]
    assert "10:00 · Biblioteca" in page.content.decode()


def test_session_shows_everybody_who_is_expected(marta, session):
    mark_attendance(session=session, marks={enrolled("Ana"): Said("present")}, by=marta)
    page = browser(marta).get(address(session))

    assert [row.name.split()[0] for row in page.context["rows"]] == ["Ana", "Berta", "Carla"]
    assert "Vinieron 1, no vinieron 0, con motivo 0." in page.content.decode()
    assert "Asistencia: 100 %" in page.content.decode()


def test_list_is_saved_and_saving_it_again_makes_nothing_new(marta, session):
    client = browser(marta)
    for name in ("Ana", "Berta", "Carla"):
        mark_attendance(session=session, marks={enrolled(name): Said("absent")}, by=marta)
    sent = choices(Ana="present", Berta="excused:care", Carla="late")

    assert f"{SAVED}3." in post(client, session, "mark", **sent)
    assert f"{SAVED}0." in post(client, session, "mark", **sent)
    assert marks(session) == {"Ana": "present", "Berta": "excused", "Carla": "late"}
    assert '<option value="excused:care" selected>' in client.get(address(session)).content.decode()


def test_those_who_are_left_are_marked_alike(marta, session):
    mark_attendance(session=session, marks={enrolled("Ana"): Said("present")}, by=marta)
    other = a_trainer(session.edition.programme, name="Norma", role="coordinator")
    mark_attendance(session=session, marks={enrolled("Berta"): Said("present")}, by=other)
    mark_attendance(session=session, marks={enrolled("Berta"): Said("absent")}, by=marta)

    post(browser(marta), session, "mark", **choices(Ana="present"), others="present")

    assert marks(session) == {"Ana": "present", "Berta": "present", "Carla": "present"}


def test_what_two_trainers_mark_differently_is_shown_and_settled_by_one(marta, session):
    other = a_trainer(session.edition.programme, name="Norma", role="coordinator")
    for by, mark in ((marta, "present"), (other, "absent")):
        mark_attendance(session=session, marks={enrolled("Ana"): Said(mark)}, by=by)
    client = browser(marta)
    page = client.get(address(session))
    assert "Las marcas no coinciden: Vino / No vino." in page.content.decode()
    [row] = page.context["conflicts"]
    wish = {"person": str(row.person), "seen": row.seen, "mark": "present"}

    assert "Resuelto." in post(client, session, "settle", **wish)
    assert "Mientras tanto alguien la marcó otra vez." in post(client, session, "settle", **wish)
    assert marks(session) == {"Ana": "present"}


def test_walk_in_is_on_the_list_present_and_soon_enrolled(marta, session):
    client = browser(marta)
    said = post(client, session, "add", given_name=" Dora ", age_band="30_39", region="norte")
    work_until_done()

    assert "Dora está en la lista, y vino." in said
    assert (WalkIn.objects.get().state, marks(session)) == ("registered", {"Dora": "present"})


def test_walk_in_needs_a_name_and_what_she_filled_stays(marta, session):
    page = browser(marta).post(address(session, "add"), {"given_name": "\0", "age_band": "30_39"})

    assert page.status_code == 200
    assert '<option value="30_39" selected>' in page.content.decode()
    assert WalkIn.objects.count() == 0


def test_code_for_the_wall_is_shown_once(marta, session):
    page = browser(marta).post(address(session, "code"))

    assert "Código para la pared" in page.content.decode()
    assert len(page.context["code"]) == 7


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("mark", {"f" * 32: "present"}),
        ("mark", {"others": "excused"}),
        ("settle", {"person": "x", "seen": "x", "mark": "x"}),
        ("settle", {"person": "f" * 32, "seen": f"{'0' * 32}:1", "mark": "late"}),
        ("add", {"given_name": "x" * 81}),
        ("add", {"given_name": "Dora", "region": "\0", "age_band": "old"}),
    ],
)
def test_what_cannot_be_marks_nobody_and_is_no_error(marta, session, verb, fields):
    answer = browser(marta).post(address(session, verb), fields, follow=True)

    assert answer.status_code == 200
    assert (marks(session), WalkIn.objects.count()) == ({}, 0)


def test_session_of_somebody_else_is_not_there(session):
    elsewhere = a_programme(code="otro").editions.get()
    stranger, learner = staff("trainer", scope_kind="edition", scope=elsewhere.pk), staff(None)

    for verb in ("session", "mark", "settle", "add", "code"):
        method = "get" if verb == "session" else "post"
        assert getattr(browser(stranger), method)(address(session, verb)).status_code == 404
        assert getattr(browser(learner), method)(address(session, verb)).status_code in (302, 403)
    assert browser().get("/formadora/").status_code == 302


def test_list_that_is_longer_than_a_page_says_so_and_its_figures_count_everybody(marta, session, monkeypatch):
    monkeypatch.setattr("trenza.portals.trainer.views.sessions.MOST", 2)
    for name in ("Ana", "Berta", "Carla"):
        mark_attendance(session=session, marks={enrolled(name): Said("present")}, by=marta)
    page = browser(marta).get(address(session))

    assert [row.name.split()[0] for row in page.context["rows"]] == ["Ana", "Berta"]
    assert "En esta lista hay 1 mujer más" in page.content.decode()
    assert "Vinieron 3, no vinieron 0" in page.content.decode()


def test_list_asks_as_much_with_one_woman_as_with_three(marta, session):
    client = browser(marta)
    counts = []
    for names in (("Ana",), ("Berta", "Carla"), ("Dora", "Eva", "Flor")):
        for enrolment in women(session.edition.programme, *names) if "Dora" in names else ():
            sign_up(session=session, person=enrolment.person, by=None)
        for name in names:
            mark_attendance(session=session, marks={enrolled(name): Said("present")}, by=marta)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(session))
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_who_is_called_like_somebody_on_the_list_is_asked_about_once_and_nothing_is_blocked(marta, session):
    client = browser(marta)
    woman = {"given_name": "Berta", "family_name": "Kispe"}

    asked = post(client, session, "add", **woman)
    assert "Quizás ya está aquí" in asked
    assert "Sí, es Berta Quispe: vino" in asked
    assert WalkIn.objects.count() == 0

    assert SAVED in post(client, session, "mark", **{enrolled("Berta").hex: "present"})
    assert marks(session)["Berta"] == "present"
    assert "Berta está en la lista" in post(client, session, "add", **woman, another="1")
    assert WalkIn.objects.count() == 1


def test_another_name_is_added_without_a_question(marta, session):
    post(browser(marta), session, "add", given_name="Rosa", family_name="Quispe")

    assert WalkIn.objects.count() == 1
