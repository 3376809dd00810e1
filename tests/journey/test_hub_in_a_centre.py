"""A centre's hub with everything that apps send down to it and hand on: two installations, a line that is there once a
week, and women who do not notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.apps.sessions.examples import MONDAY
from tests.apps.sync.hub.scene import Scene
from tests.database import TEMPLATE
from tests.portals.learner.scene import answer
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import CourseVersion, Lesson
from trenza.apps.learning.models import LessonDone
from trenza.apps.people.api import Account, Card, Person, Pin, grant_role, make_card, register_person, set_pin
from trenza.apps.places.api import CentreDetails, add_members, open_centre
from trenza.apps.programmes.api import Enrolment, RequirementMet
from trenza.apps.sessions.api import Session, WalkIn, standings
from trenza.apps.sessions.models import ExcusedReason
from trenza.apps.sync import api as sync
from trenza.core import clock, journal
from trenza.portals.field import pages
from trenza.portals.learner import memory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
PIN = "4827"


class Place:
    """A cell with a programme, a centre, its trainer and two of the three women who are enrolled; and its hub."""

    def __init__(self, folder: Path) -> None:
        self.scene = Scene(folder, str(connection.settings_dict["NAME"]) + TEMPLATE)
        self.cards: dict[str, str] = {}
        with self.at_the_cell():
            details = CentreDetails(code="el-alto", name="Centro El Alto", country="BO", time_zone="America/La_Paz")
            self.centre = open_centre(details=details, by=None)
            published("uno")
            programme = a_programme()
            marta = register_person(given_name="Marta", family_name="Quispe", email="marta@demo.example")
            grant_role(person=marta, role="trainer", scope_kind="centre", scope=self.centre.pk, by=None)
            grant_role(person=marta, role="trainer", scope_kind="edition", scope=programme.editions.get().pk, by=None)
            women = [an_enrolment(programme, person=a_person(name)).person for name in ("Ana", "Berta", "Zulma")]
            add_members(centre=self.centre, persons=[marta, *women[:2]], by=None)
            office = a_person("Olga")
            grant_role(person=office, role="coordinator", scope_kind="all", scope=None, by=None)
            for person in [marta, *women]:
                self.cards[person.given_name] = make_card(person=person, by=office).secret
                set_pin(person=person, pin=PIN, by=person)
            journal.work_until_done()
        self.scene.hub, self.scene.cable = self.scene.new_hub("el-alto", centre=self.centre.pk)

    @contextmanager
    def at_the_cell(self) -> Iterator[None]:
        with self.scene.cell.here():
            _forget()
            yield

    @contextmanager
    def at_the_hub(self) -> Iterator[None]:
        with self.scene.hub.here():
            _forget()
            yield

    def visit(self) -> sync.Visit:
        with self.at_the_hub():
            done = sync.visit(self.scene.cable)
        with self.at_the_cell():
            journal.work_until_done()
        return done

    def sign_in(self, name: str, pin: str = PIN) -> Client:
        """With a card and a PIN, on the hub."""
        client = Client()
        client.post("/entrar/tarjeta/", {"card": self.cards[name]})
        client.post("/entrar/tarjeta/pin/", {"pin": pin})
        return client


def _forget() -> None:
    """Each installation has processes of its own, which remember nothing of the other's."""
    catalogue.forget()
    pages.forget_all()
    memory.forget_all()


@pytest.fixture
def place(transactional_db: None, tmp_path: Path) -> Iterator[Place]:
    with clock.travel(MONDAY - timedelta(minutes=20)):
        yield Place(tmp_path)
        _forget()


def signed_in(client: Client) -> bool:
    return client.get("/mi/").status_code == 200


def test_a_hub_knows_who_comes_to_its_centre_and_opens_to_a_card_and_a_pin_alone(place):
    place.visit()

    with place.at_the_cell():
        kept = {bytes(card.digest) for card in Card.objects.all()} | {pin.hash for pin in Pin.objects.all()}
    with place.at_the_hub():
        assert set(Person.objects.values_list("given_name", flat=True)) == {"Ana", "Berta", "Marta"}
        assert set(Account.objects.values_list("email", "phone")) == {(None, "")}
        assert Person.objects.filter(birth_date=None).count() == 3
        here = {bytes(card.digest) for card in Card.objects.all()} | {pin.hash for pin in Pin.objects.all()}
        assert len(here) == 6
        assert not here & kept
        assert not signed_in(place.sign_in("Ana", "1357"))
        assert not signed_in(place.sign_in("Zulma"))
        assert signed_in(place.sign_in("Ana"))


def test_what_she_learns_there_counts_at_the_cell_and_opens_her_next_module_at_once(place):
    place.visit()

    with place.at_the_hub():
        ana = place.sign_in("Ana")
        begin, second = Lesson.objects.order_by("position")
        assert answer(ana, begin).status_code == 200
        assert answer(ana, second, {"q.c": "1"}).status_code == 200
        assert RequirementMet.objects.count() == 0
        assert "Dos" in ana.get("/mi/").content.decode()
        assert [*journal.check()] == []

    place.visit()

    with place.at_the_cell():
        assert list(RequirementMet.objects.values_list("enrolment__person__given_name", "module__code")) == [
            ("Ana", "uno")
        ]
        assert [*journal.check()] == []
        done = set(LessonDone.objects.values_list("person", "lesson", "done_at"))
    place.visit()
    with place.at_the_hub():
        assert RequirementMet.objects.count() == 1
        assert set(LessonDone.objects.values_list("person", "lesson", "done_at")) == done


def test_what_she_did_elsewhere_is_there_when_she_comes_to_the_centre(place):
    with place.at_the_cell():
        berta = Client()
        berta.force_login(Account.objects.create(person=Person.objects.get(given_name="Berta"), created_at=clock.now()))
        answer(berta, Lesson.objects.order_by("position")[0])
        done = set(LessonDone.objects.values_list("person", "lesson", "done_at"))
        assert len(done) == 1

    place.visit()

    with place.at_the_hub():
        assert set(LessonDone.objects.values_list("person", "lesson", "done_at")) == done
        assert [*journal.check()] == []
    assert place.visit().pages == 0


def test_a_workshop_that_is_held_at_the_hub(place):
    place.visit()
    with place.at_the_hub():
        marta, hers = place.sign_in("Marta"), Enrolment.objects.all()[0]
        opened = marta.post(
            "/formadora/nueva/",
            {
                "of": f"{hers.edition_id}:c:{hers.track_id.hex}", "title": "Mi primer correo", "place": "Salón",
                "zone": "America/La_Paz", "day": "2026-03-02", "hour": "10:00", "minutes": "120", "capacity": "40",
            },
        )  # fmt: skip
        assert opened.status_code == 302, opened.context["form"].errors
        session = Session.objects.get()
        added = marta.post(
            f"/formadora/sesiones/{session.pk}/agregar/",
            {"given_name": "Nora", "family_name": "Choque", "region": "norte", "age_band": "25_29"},
        )
        assert added.status_code == 302, added.content.decode()
        ana, berta = (Person.objects.get(given_name=name).pk.hex for name in ("Ana", "Berta"))
        marked = marta.post(f"/formadora/sesiones/{session.pk}/marcar/", {ana: "late", berta: "excused:care"})
        assert marked.status_code == 302
        assert marta.post(f"/formadora/sesiones/{session.pk}/cancelar/").status_code == 409

    place.visit()

    with place.at_the_cell():
        held = Session.objects.get(pk=session.pk)
        assert (held.title, held.place, held.capacity) == ("Mi primer correo", "Salón", 40)
        assert held.centre == place.centre.pk
        assert [each.person.given_name for each in held.trainers.all()] == ["Marta"]
        nora = Person.objects.get(given_name="Nora")
        assert (nora.family_name, WalkIn.objects.get().state) == ("Choque", "registered")
        names_of = dict(Person.objects.values_list("pk", "given_name"))
        marks = {names_of[person]: each.mark for (_, person), each in standings([held.pk]).items()}
        assert marks == {"Nora": "present", "Ana": "late", "Berta": "excused"}
        assert list(ExcusedReason.objects.values_list("reason", flat=True)) == ["care"]
        assert [*journal.check()] == []

    place.visit()

    with place.at_the_hub():
        assert Person.objects.get(given_name="Nora").pk == nora.pk
        assert WalkIn.objects.get().state == "registered"
        assert [*journal.check()] == []
        assert CourseVersion.objects.count() == 1
