"""Stories that nobody thought of: whatever comes after whatever, all that was seen is at the cell once in the end."""

import random
from collections.abc import Callable

import pytest

from tests.apps.sync.hub.scene import CENTRE, Scene, seen
from tests.apps.sync.hub.toys import shelf
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import rows_down, sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
FAULTS = [None, None, "cut before", "message cut off", "answer lost", "answer cut off", "said twice"]
STEPS = 16


class Story:
    """What happens to a hub, chosen by chance. What only a disk had that dies is gone with it: the hub
    visits once more before its copy is put back."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.chance = scene, random.Random(seed)
        self.number = 0
        self.copy = scene.hub.copy()
        self.files: list[bytes] = []
        self.answers: list[bytes] = []
        self.told: list[str] = []

    def go_on(self) -> None:
        steps: list[Callable[[], None]] = [
            self.see, self.see, self.visit, self.visit, self.keep_a_copy, self.put_it_back, self.write, self.hand_in,
            self.write_back, self.hand_back, self.say_again, self.change_rows,
        ]  # fmt: skip
        step = self.chance.choice(steps)
        self.told.append(step.__name__)
        step()

    def see(self) -> None:
        count = self.chance.randrange(1, 7)
        self.scene.see(*range(self.number, self.number + count))
        self.number += count

    def visit(self) -> None:
        self.scene.cable.faults = [self.chance.choice(FAULTS) for _ in range(self.chance.randrange(4))]
        self.scene.visit()
        self.scene.cable.faults = []

    def keep_a_copy(self) -> None:
        self.copy = self.scene.hub.copy()

    def put_it_back(self) -> None:
        """Everything that is on the hub alone goes to the cell first: a disk that dies takes what only it had."""
        self.scene.visit()
        self.scene.hub.put_back(self.copy)

    def write(self) -> None:
        with self.scene.hub.here():
            self.files.append(sync.export_for_cell())

    def hand_in(self) -> None:
        if self.files:
            with self.scene.cell.here():
                sync.import_from_hub(self.chance.choice(self.files))

    def write_back(self) -> None:
        with self.scene.cell.here():
            self.answers.append(sync.export_for_hub(hub=sync.Hub.objects.get(centre=CENTRE)))

    def hand_back(self) -> None:
        if self.answers:
            with self.scene.hub.here():
                sync.import_from_cell(self.chance.choice(self.answers))

    def say_again(self) -> None:
        if self.scene.cable.messages:
            self.scene.post(self.chance.choice(self.scene.cable.messages), self.scene.cable.token)

    def change_rows(self) -> None:
        rows = shelf.of("cell")
        rows[b"%d" % self.chance.randrange(5)] = self.number
        rows.pop(b"%d" % self.chance.randrange(5), None)


@pytest.mark.parametrize("seed", range(5))
def test_a_story(scene, monkeypatch, seed):
    monkeypatch.setattr(sending, "MOST_ENTRIES", 3)
    monkeypatch.setattr(rows_down, "MOST_ROWS", 2)
    story = Story(scene, seed)
    for _ in range(STEPS):
        story.go_on()

    assert scene.visit().ended == "done"

    assert scene.cell.said() == seen(*range(story.number)), story.told
    assert scene.set_aside() == [], story.told
    assert scene.waiting() == 0
