"""A hub that was put back from an old copy gives numbers that it gave before; nothing is lost, nothing doubled."""

from uuid import UUID

import pytest

from tests.apps.sync.hub.scene import ROSA, seen
from trenza.apps.sync.hub import sending
from trenza.core import journal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
PHONE = UUID(int=0xF0)
FAULTS = ["cut before", "message cut off", "answer lost", "answer cut off", "said twice"]


@pytest.fixture(autouse=True)
def small_messages(monkeypatch):
    """So that a few entries are several messages."""
    monkeypatch.setattr(sending, "MOST_ENTRIES", 3)


@pytest.mark.parametrize("sent_before", [0, 3, 7])
@pytest.mark.parametrize("new", [0, 2, 9])
def test_a_hub_from_an_old_copy_loses_and_doubles_nothing(scene, sent_before, new):
    """Entries before the copy that it had sent, or not; then others after it, under the same numbers."""
    scene.see(*range(sent_before))
    scene.visit()
    scene.see(*range(10, 14))
    copy = scene.hub.copy()
    scene.see(*range(20, 25))
    scene.visit()
    scene.hub.put_back(copy)
    scene.see(*range(30, 30 + new), person=ROSA)

    scene.visit()
    scene.see(40, 41)
    scene.visit()

    everything = [*range(sent_before), *range(10, 14), *range(20, 25), *range(30, 30 + new), 40, 41]
    assert scene.cell.said() == seen(*everything)
    assert scene.hub.said() == seen(*range(sent_before), *range(10, 14), *range(30, 30 + new), 40, 41)
    assert scene.set_aside() == []
    assert scene.waiting() == 0


def test_a_hub_that_went_back_takes_a_new_device_once(scene):
    scene.see(0, 1)
    copy = scene.hub.copy()
    scene.see(2, 3)
    scene.visit()
    scene.hub.put_back(copy)
    scene.see(*range(10, 20))

    visits = [scene.visit(), scene.visit()]

    assert [visit.new_device for visit in visits] == [True, False]
    with scene.hub.here():
        assert len(journal.own_devices()) == 2


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_hub_that_went_back_over_a_line_that_breaks(scene, fault, at):
    scene.see(0, 1)
    copy = scene.hub.copy()
    scene.see(2, 3, 4)
    scene.visit()
    scene.hub.put_back(copy)
    scene.see(10, 11, 12, 13)
    scene.cable.faults = [None] * at + [fault]

    for _ in range(3):
        scene.visit()

    assert scene.cell.said() == seen(0, 1, 2, 3, 4, 10, 11, 12, 13)


def test_a_correction_after_a_hub_went_back_names_what_it_corrected(scene):
    scene.see(0)
    copy = scene.hub.copy()
    scene.see(1)
    scene.visit()
    scene.hub.put_back(copy)
    scene.see(2)
    scene.visit()
    with scene.hub.here():
        wrong = next(line for line in journal.everything() if line.data == b'{"number":2}')

    scene.see(3, corrects=(wrong.device, wrong.sequence))
    scene.visit()

    with scene.cell.here():
        lines = {line.data: line for line in journal.everything() if line.kind == "toys.seen.v1"}
    corrected = lines[b'{"number":2}']
    assert lines[b'{"number":3}'].corrects == (corrected.device, corrected.sequence)
    assert corrected.device != lines[b'{"number":1}'].device


def test_two_copies_of_one_hub_at_work_at_once(scene):
    scene.see(0)
    scene.visit()
    mother = scene.hub.copy()
    scene.see(1, 2)
    scene.visit()
    first = scene.hub.copy()

    scene.hub.put_back(mother)
    scene.see(11, 12, 13)
    scene.visit()
    scene.hub.put_back(first)
    scene.see(3, 4)
    scene.visit()

    assert scene.cell.said() == seen(0, 1, 2, 3, 4, 11, 12, 13)


def test_a_cell_from_an_old_copy_is_told_everything_again(scene):
    scene.see(0, 1)
    scene.visit()
    copy = scene.cell.copy()
    scene.see(*range(2, 9))
    scene.visit()
    scene.cell.put_back(copy)
    scene.see(9)

    visit = scene.visit()

    assert (visit.ended, visit.new_device) == ("done", False)
    assert scene.cell.entries() == scene.hub.entries()
    assert scene.waiting() == 0
