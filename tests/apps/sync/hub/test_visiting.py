"""What a hub may hand on, what a day may cost, and what whoever looks after it is told."""

from uuid import UUID

import pytest

from tests.apps.sync.hub.scene import ANA, CENTRE, MONDAY, STRANGER, seen
from tests.apps.sync.hub.toys import shelf
from tests.core.journal.toys import Seen
from trenza.apps.sync.api import LineError
from trenza.apps.sync.events import HubRowsChanged
from trenza.apps.sync.hub import sending, visiting
from trenza.core import clock, journal
from trenza.core.journal import action, record
from trenza.core.models import Device, SetAside

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
PHONE = UUID(int=0xF0)
FAULTS = ["cut before", "message cut off", "answer lost", "answer cut off", "said twice"]


@pytest.fixture(autouse=True)
def small_messages(monkeypatch):
    """So that a few entries are several messages."""
    monkeypatch.setattr(sending, "MOST_ENTRIES", 3)


def test_a_revoked_hub_is_told_and_what_it_brings_is_held(scene):
    shelf.of("cell")[b"1"] = "one"
    scene.see(0)
    scene.visit()
    scene.revoke()
    shelf.of("cell")[b"2"] = "two"
    scene.see(1, 2)

    visit = scene.visit()

    assert visit.ended == "revoked"
    assert scene.cell.said() == seen(0)
    assert scene.set_aside() == [("held", "hub_revoked")] * 2
    assert shelf.of("hub") == {b"1": "one"}
    assert scene.standing().revoked_at is not None
    assert scene.standing().not_taken == {("held", "hub_revoked"): 2}
    assert scene.waiting() == 0


def test_what_was_held_may_be_taken_in_by_who_looks_at_it(scene):
    scene.revoke()
    scene.see(0)
    scene.visit()

    with scene.cell.here():
        journal.take_in(set_aside=SetAside.objects.get().pk, by=None)

    assert scene.cell.entries() == scene.hub.entries()


def test_the_next_hub_of_a_centre_after_the_first_was_revoked(scene):
    scene.see(0)
    scene.visit()
    scene.revoke()

    scene.hub, scene.cable = scene.new_hub("another")
    scene.see(1)

    assert scene.visit().ended == "done"
    assert scene.cell.said() == seen(0, 1)


def test_a_hub_that_is_paired_anew_hands_on_everything_and_doubles_nothing(scene):
    scene.see(0, 1)
    scene.visit()
    scene.revoke()
    scene.see(2)
    scene.visit()

    scene.cable = scene.pair(scene.hub)

    assert scene.visit().ended == "done"
    assert scene.cell.entries() == scene.hub.entries()


def test_work_about_who_left_the_centre_is_held(scene):
    scene.see(0)
    scene.see(1, person=STRANGER)
    scene.see(2, person=None)
    scene.visit()

    assert scene.cell.said() == seen(0, 2)
    assert scene.set_aside() == [("held", "not_on_roster")]
    assert scene.standing().not_taken == {("held", "not_on_roster"): 1}


def test_another_hubs_device_is_not_this_hubs(scene):
    """A hub cannot say what somebody else's device saw: a phone's, another hub's, the cell's own."""
    with scene.hub.here():
        Device.objects.filter(kind="authority").update(uuid=PHONE)
    with scene.cell.here():
        journal.ingest([journal.incoming(Seen(number=9), device=PHONE, sequence=9, happened_at=MONDAY, person=ANA)])
    scene.see(0)
    scene.visit()

    assert scene.cell.said() == seen(9)
    assert scene.set_aside() == [("refused", "not_its_device")]
    assert scene.standing().not_taken == {("refused", "not_its_device"): 1}


@action
def follow_rows(*, page: int) -> None:
    record(HubRowsChanged(centre=CENTRE, page=page), by=None, about=None)


def test_a_kind_that_is_not_listed_stays_on_the_hub(scene):
    with scene.hub.here():
        follow_rows(page=1)
    scene.see(0)
    scene.visit()
    with scene.cell.here():
        kinds = [line.kind for line in journal.everything()]
        assert (kinds.count("toys.seen.v1"), kinds.count("sync.hub_rows_changed.v1")) == (1, 0)


def test_a_day_has_a_budget(scene):
    scene.see(*range(9))
    with clock.travel(MONDAY):
        first = scene.visit(budget=1)
        again = scene.visit(budget=1)
    assert (first.ended, first.rounds) == ("budget", 1)
    assert (again.ended, again.rounds) == ("budget", 0)
    assert scene.waiting() == 6

    with clock.travel(MONDAY.replace(day=6)):
        assert scene.visit(budget=10_000).ended == "done"
    assert scene.waiting() == 0


def test_what_failed_is_remembered_until_it_works(scene):
    scene.cable.faults = ["cut before"]
    scene.visit()
    assert scene.standing().failure == "unreachable"
    assert scene.standing().seen_at is None
    scene.visit()
    assert scene.standing().failure == ""
    assert scene.standing().seen_at is not None


def test_a_message_that_the_cell_finds_too_large_is_halved(scene, monkeypatch):
    monkeypatch.setattr(sending, "MOST_ENTRIES", 100)
    monkeypatch.setattr(visiting, "LEAST_ENTRIES", 10)
    scene.see(*range(60))
    real = scene.cable.ask

    def narrow(message: bytes) -> bytes:
        if len(message) > 700:
            raise LineError("too_large")
        return bytes(real(message))

    monkeypatch.setattr(scene.cable, "ask", narrow)
    assert scene.visit().ended == "done"
    assert scene.cell.said() == seen(*range(60))
