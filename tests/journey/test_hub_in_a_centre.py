"""A centre's hub with everything that apps send down to it and hand on: two installations, a line that is there once a
week, and women who do not notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.apps.sessions.examples import MONDAY
from tests.apps.sync.hub.scene import Scene
from tests.database import TEMPLATE
from tests.portals.learner.scene import answer
from trenza.apps.accompaniment.api import record_attempt
from trenza.apps.accompaniment.models import AttemptNote
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import CourseVersion, Lesson
from trenza.apps.learning.models import LessonDone
from trenza.apps.people.api import (
    Account,
    Card,
    Person,
    Pin,
    grant_role,
    make_card,
    merge_persons,
    register_person,
    set_pin,
    undo_merge,
)
from trenza.apps.places.api import CentreDetails, Member, add_members, end_membership, open_centre
from trenza.apps.programmes.api import Enrolment, RequirementMet
from trenza.apps.sessions.api import (
    Said,
    Session,
    WalkIn,
    capture_walk_in,
    mark_attendance,
    open_session,
    print_cards,
    standings,
)
from trenza.apps.sessions.events import WalkInCaptured
from trenza.apps.sessions.models import ExcusedReason
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import rows_down
from trenza.apps.sync.hub.registry import hub_kinds_down
from trenza.core import clock, journal, privacy
from trenza.core.models import Entry, SetAside
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


def hold_session(place: Place, *, title: str = "Correo") -> Session:
    """A class at the hub's centre, from the cell; it goes down with the next visit."""
    with place.at_the_cell():
        edition = Enrolment.objects.all()[0].edition
        return open_session(
            edition=edition, track=edition.tracks.get(), kind="class", starts_at=MONDAY, minutes=120,
            time_zone="America/La_Paz", title=title, place="Salón", centre=place.centre.pk,
            given_by=person("Marta"), by=None,
        )  # fmt: skip


def person(name: str) -> Person:
    return Person.objects.get(given_name=name)


def mark(session: Session, **marks: str) -> None:
    """Where we are, by the trainer."""
    said = {person(name).pk: Said(*words.split(":")) for name, words in marks.items()}
    mark_attendance(session=Session.objects.get(pk=session.pk), marks=said, by=person("Marta"))


def attendance(session: Session) -> dict[str, list[str]]:
    """The marks of each that stand, where we are."""
    names = dict(Person.objects.values_list("pk", "given_name"))
    found = standings([session.pk])
    return {names[each]: sorted(head.mark for head in found[key].heads) for key in found for each in key[1:]}


def observed() -> set[tuple[UUID | None, int | None]]:
    """What the journal holds of what hubs may hand on and be told."""
    kinds = hub_kinds_down()
    return {(line.device, line.sequence) for line in journal.everything() if line.kind in kinds}


def test_an_attendance_of_which_a_phone_a_hub_and_the_cell_each_hold_a_part(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_hub():
        mark(session, Ana="present", Berta="late")
        called = {"person": person("Ana").pk, "channel": "call", "outcome": "reached"}
        assert record_attempt(**called, note="Estudia de noche", by=person("Marta"))
    with place.at_the_cell():
        mark(session, Ana="absent")

    place.visit()
    place.visit()

    both = {"Ana": ["absent", "present"], "Berta": ["late"]}
    with place.at_the_cell():
        assert list(AttemptNote.objects.values_list("text", flat=True)) == ["Estudia de noche"]
        assert attendance(session) == both
        there, ours = observed(), [*journal.check()]
    with place.at_the_hub():
        assert attendance(session) == both
        assert observed() == there
        assert [*journal.check()] == ours == []


def test_a_hub_that_is_put_back_from_an_old_copy_loses_nothing_that_the_cell_has(place):
    session = hold_session(place)
    place.visit()
    copy = place.scene.hub.copy()
    with place.at_the_hub():
        mark(session, Ana="present")
    with place.at_the_cell():
        add_members(centre=place.centre, persons=[person("Zulma")], by=None)
    place.visit()
    place.scene.hub.put_back(copy)
    with place.at_the_hub():
        assert not Person.objects.filter(given_name="Zulma").exists()
        mark(session, Berta="late")

    place.visit()
    place.visit()

    with place.at_the_cell():
        assert attendance(session) == {"Ana": ["present"], "Berta": ["late"]}
        assert [*journal.check()] == []
    with place.at_the_hub():
        assert signed_in(place.sign_in("Zulma"))
        assert [*journal.check()] == []


def test_whoever_leaves_the_centre_is_forgotten_there_and_what_she_did_is_kept(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_cell():
        end_membership(member=Member.objects.get(person__given_name="Berta"), by=None)
    with place.at_the_hub():
        mark(session, Berta="present")

    place.visit()

    with place.at_the_cell():
        assert SetAside.objects.get().reason == "not_on_roster"
        [waiting] = sync.held_of(sync.Hub.objects.get(centre=place.centre.pk))
        hub = sync.Hub.objects.get(centre=place.centre.pk)
        assert sync.decide_held(hub=hub, person=waiting.person, reason=waiting.reason, counts=True, by=None) == 1
        assert attendance(session) == {"Berta": ["present"]}
    with place.at_the_hub():
        assert not Person.objects.filter(given_name="Berta").exists()
        assert not Card.objects.filter(person__given_name="Berta").exists()
        assert [*journal.check()] == []


def test_who_was_erased_while_the_hub_was_away_is_forgotten_there_and_what_she_did_waits_for_a_look(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_hub():
        mark(session, Ana="present", Berta="present")
        counted = Entry.objects.filter(kind="sessions.attendance_marked.v1").count()
    with place.at_the_cell():
        ana = Person.objects.get(given_name="Ana")
        privacy.erase_of(ana.pk)

    place.visit()

    with place.at_the_cell():
        [waiting] = sync.held_of(sync.Hub.objects.get(centre=place.centre.pk))
        assert (waiting.person, waiting.reason) == (ana.pk, "not_on_roster")
        assert Entry.objects.filter(kind="sessions.attendance_marked.v1").count() == counted - 1
        assert [*journal.check()] == []
    with place.at_the_hub():
        assert not Card.objects.filter(person=ana.pk).exists()
        assert not Pin.objects.filter(person=ana.pk).exists()
        assert not signed_in(place.sign_in("Ana"))
        assert signed_in(place.sign_in("Berta"))
        assert [*journal.check()] == []


def learned_here() -> set[tuple[UUID, UUID]]:
    return set(LessonDone.objects.values_list("person", "lesson"))


def test_who_was_merged_while_the_hub_was_away_is_one_woman_on_both_sides_and_nothing_is_lost(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_hub():
        begin, second = Lesson.objects.order_by("position")
        answer(place.sign_in("Ana"), begin)
        answer(place.sign_in("Berta"), second, {"q.c": "1"})
        mark(session, Ana="present", Berta="excused:care")
    with place.at_the_cell():
        ana, berta = person("Ana"), person("Berta")
        merge = merge_persons(absorbed=berta, kept=ana, reason="twice", by=person("Olga"))

    place.visit()
    place.visit()

    both = {(ana.pk, begin.pk), (ana.pk, second.pk)}
    with place.at_the_cell():
        assert SetAside.objects.count() == 0
        assert learned_here() == both
        assert attendance(session) == {"Ana": ["excused", "present"]}
        assert list(RequirementMet.objects.values_list("enrolment__person__given_name", "module__code")) == [
            ("Ana", "uno")
        ]
        there, ours = observed(), [*journal.check()]
        assert {line.person for line in journal.everything() if line.kind == "learning.lesson_completed.v1"} == {
            ana.pk,
            berta.pk,
        }
    with place.at_the_hub():
        assert learned_here() == both
        assert attendance(session) == {"Ana": ["excused", "present"]}
        assert observed() == there
        assert [*journal.check()] == ours == []
        assert signed_in(place.sign_in("Ana"))
        # Her other card opens the record that is kept, with the PIN of that one; all have the same here.
        assert "Ana" in place.sign_in("Berta").get("/mi/").content.decode()
    assert place.visit().pages == 0

    with place.at_the_hub():
        mark(session, Ana="late")
    with place.at_the_cell():
        undo_merge(merge=merge, by=person("Olga"))
    place.visit()
    place.visit()

    for where in (place.at_the_cell, place.at_the_hub):
        with where():
            assert learned_here() == {(ana.pk, begin.pk), (berta.pk, second.pk)}
            assert attendance(session)["Berta"] == ["excused"]
            assert [*journal.check()] == []


def test_another_hub_takes_the_place_of_a_stolen_one(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_hub():
        mark(session, Ana="present")
    place.visit()
    stolen, line = place.scene.hub, place.scene.cable
    with place.at_the_cell():
        sync.revoke_hub(hub=sync.Hub.objects.get(centre=place.centre.pk), by=None)
    place.scene.hub, place.scene.cable = place.scene.new_hub("another", centre=place.centre.pk)

    place.visit()

    with place.at_the_hub():
        assert attendance(session) == {"Ana": ["present"]}
        assert signed_in(place.sign_in("Ana"))
    place.scene.hub, place.scene.cable = stolen, line
    with place.at_the_hub():
        mark(session, Berta="late")
    assert place.visit().ended == "revoked"
    with place.at_the_cell():
        assert attendance(session) == {"Ana": ["present"]}
        [waiting] = sync.held_of(sync.Hub.objects.exclude(revoked_at=None).get(centre=place.centre.pk))
        assert (waiting.reason, waiting.number) == ("hub_revoked", 1)


def test_what_a_revoked_hub_brings_counts_in_whatever_order_it_is_looked_at(place):
    place.visit()
    with place.at_the_hub():
        marta, hers = person("Marta"), Enrolment.objects.all()[0]
        there = open_session(
            edition=hers.edition, track=hers.track, kind="class", starts_at=MONDAY, minutes=60,
            time_zone="America/La_Paz", title="Correo", place="Salón", by=marta,
        )  # fmt: skip
        nora = capture_walk_in(session=there, given_name="Nora", mark="present", by=marta).pk
    with place.at_the_cell():
        hub = sync.Hub.objects.get(centre=place.centre.pk)
        sync.revoke_hub(hub=hub, by=None)
    assert place.visit().ended == "revoked"

    with place.at_the_cell():
        for about in (nora, None, nora):  # her mark; the session; she herself, who belongs to it
            assert sync.decide_held(hub=hub, person=about, reason="hub_revoked", counts=True, by=None) == 1
        journal.work_until_done()
        assert attendance(there) == {"Nora": ["present"]}
        assert [*journal.check()] == []


def test_an_entry_that_names_what_is_not_there_is_held_and_keeps_nobody_waiting(place):
    session = hold_session(place)
    place.visit()
    with place.at_the_hub():
        mark(session, Ana="present")
        line = next(each for each in journal.everything() if each.person == person("Ana").pk and each.by)
        lost = WalkInCaptured(session=UUID(int=9), walk_in=UUID(int=8), region=None, age_band=None)
        write(event=lost, by=person("Marta").pk, edition=line.edition)

    assert place.visit().ended == "done"

    with place.at_the_cell():
        assert attendance(session) == {"Ana": ["present"]}
        assert list(SetAside.objects.values_list("kind", "reason")) == [
            ("sessions.walk_in_captured.v1", "names_what_is_missing")
        ]
        assert [*journal.check()] == []


@journal.action
def write(*, event: WalkInCaptured, by: UUID, edition: UUID | None) -> None:
    journal.record(event, by=by, about=event.walk_in, edition=edition)


def test_a_walk_in_keeps_her_name_however_often_the_line_breaks(place):
    session = hold_session(place)
    with place.at_the_cell():
        [(card, _)] = print_cards(session=session, count=1, by=person("Marta"))
    place.visit()
    with place.at_the_hub():
        there, marta = Session.objects.get(), person("Marta")
        capture_walk_in(session=there, given_name="Nora", card=card.number, mark="present", by=marta)
    for fault in ("cut before", "message cut off", "answer lost", "answer cut off", "said twice"):
        place.scene.cable.faults = [fault]
        place.visit()

    with place.at_the_cell():
        assert attendance(session) == {"Nora": ["present"]}
        assert WalkIn.objects.get().state == "registered"
        card.refresh_from_db()
        assert card.person == person("Nora")
        assert [*journal.check()] == []
    assert place.visit().ended == "done"
    with place.at_the_hub():
        assert Enrolment.objects.filter(person__given_name="Nora").count() == 1


def test_nothing_is_asked_twice_of_a_cell_that_has_nothing_new(place):
    hold_session(place)
    place.visit()
    with place.at_the_cell():
        hub = sync.Hub.objects.get(centre=place.centre.pk)
        with CaptureQueriesContext(connection) as few:
            assert rows_down.next_page(hub=hub) is None
        programme = Enrolment.objects.all()[0].edition.programme
        more = [an_enrolment(programme, person=a_person(f"Otra {n}")).person for n in range(6)]
        add_members(centre=place.centre, persons=more, by=None)
    place.visit()
    with place.at_the_cell(), CaptureQueriesContext(connection) as many:
        assert rows_down.next_page(hub=sync.Hub.objects.get(pk=hub.pk)) is None
    asked = [sum(each["sql"].startswith("SELECT") for each in some) for some in (few, many)]
    assert asked[0] == asked[1] <= 75
