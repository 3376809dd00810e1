"""Whatever happens to a hub, its line and its cell: what was seen is at the cell once, and nothing is lost."""

from uuid import UUID

import pytest
from django.db import OperationalError

from tests.apps.sync.hub.scene import ROSA, seen
from trenza.apps.sync.hub import sending, taking_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
PHONE = UUID(int=0xF0)
FAULTS = ["cut before", "message cut off", "answer lost", "answer cut off", "said twice"]


@pytest.fixture(autouse=True)
def small_messages(monkeypatch):
    """So that a few entries are several messages."""
    monkeypatch.setattr(sending, "MOST_ENTRIES", 3)


def test_all_that_was_seen_arrives_as_it_was_written(scene):
    scene.see(*range(8))
    scene.see(8, person=ROSA)

    visit = scene.visit()

    assert (visit.ended, visit.rounds, visit.new_device) == ("done", 4, False)
    assert scene.cell.entries() == scene.hub.entries()
    assert scene.cell.said() == seen(*range(9))
    assert scene.devices() == {"hub"}
    assert scene.waiting() == 0


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_line_that_breaks_at_any_message(scene, fault, at):
    scene.see(*range(10))
    scene.cable.faults = [None] * at + [fault]

    first = scene.visit()
    scene.see(10, 11)
    second = scene.visit()

    assert (first.ended == "done") is (fault == "said twice")
    assert (second.ended, second.new_device) == ("done", False)
    assert scene.cell.entries() == scene.hub.entries()
    assert scene.cell.said() == seen(*range(12))
    assert scene.set_aside() == []


def test_a_cell_that_dies_after_it_has_taken_in(scene, monkeypatch):
    scene.see(0, 1)
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "_acknowledge", _dies)
        assert (scene.visit().ended, scene.cell.said(), scene.waiting()) == ("database", seen(0, 1), 2)

    assert scene.visit().ended == "done"
    assert (scene.cell.said(), scene.waiting()) == (seen(0, 1), 0)


def test_a_cell_that_dies_before_it_has_taken_in(scene, monkeypatch):
    scene.see(0, 1)
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "ingest", _dies)
        visit = scene.visit()
    assert (visit.ended, visit.retry_after, scene.cell.said()) == ("database", 20, [])

    scene.visit()
    assert scene.cell.said() == seen(0, 1)


def test_a_hub_that_dies_with_the_answer_in_its_hand(scene, monkeypatch):
    scene.see(0, 1)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "note_answer", _dies)
        with pytest.raises(OperationalError):
            scene.visit()

    scene.see(2)
    scene.visit()
    assert scene.cell.said() == seen(0, 1, 2)


def _dies(*_: object, **__: object) -> None:
    raise OperationalError


def test_messages_of_old_that_come_once_more_change_nothing(scene):
    scene.see(*range(7))
    scene.visit()
    messages = list(scene.cable.messages)

    for message in [*reversed(messages), *messages]:
        assert scene.post(message, scene.cable.token).status_code == 200

    scene.see(7)
    scene.visit()
    assert scene.cell.said() == seen(*range(8))
    assert scene.waiting() == 0
