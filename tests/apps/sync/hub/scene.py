"""A cell and hubs in databases of their own, with a line between them that can be cut wherever a test says.

Both live in this process: who is `here` has the database connection, the private files and the secret key. A hub may
not hold its connection while it asks its cell, so a transaction over the line would fail at once.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.apps.sync.hub.toys import shelf
from tests.core.journal.toys import Seen
from tests.phone_client import base64url
from trenza.apps.sync import api as sync
from trenza.apps.sync.api import LineError
from trenza.core import clock, ids, journal
from trenza.core.journal import action, record
from trenza.core.models import Device, SetAside

CENTRE = UUID(int=0xCE)
ANA, ROSA, STRANGER = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)

# Of an entry: device, sequence, data, person.
Known = tuple[UUID | None, int | None, bytes, UUID | None]


class Place:
    """An installation of its own."""

    def __init__(self, folder: Path, template: str, *, is_hub: bool = False) -> None:
        self.folder, self.is_hub = folder, is_hub
        folder.mkdir()
        shutil.copy(template, folder / "trenza.sqlite3")
        with self.here():
            Device.objects.update(uuid=ids.new_id())  # the template's is that of every copy

    @contextmanager
    def here(self) -> Iterator[None]:
        before = {name: getattr(settings, name) for name in ("PRIVATE_ROOT", "FILES_ROOT", "SECRET_KEY", "IS_HUB")}
        database = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = str(self.folder / "trenza.sqlite3")
        settings.PRIVATE_ROOT, settings.FILES_ROOT = self.folder / "private", self.folder / "files"
        settings.SECRET_KEY, settings.IS_HUB = f"the secret of {self.folder.name}", self.is_hub
        elsewhere = shelf.at(self.folder.name)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = database
            for name, value in before.items():
                setattr(settings, name, value)
            shelf.at(elsewhere)

    def copy(self) -> bytes:
        """The database as it is now, as an old copy will have it."""
        with closing(sqlite3.connect(self.folder / "trenza.sqlite3")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (self.folder / "trenza.sqlite3").read_bytes()

    def put_back(self, copy: bytes) -> None:
        """Put an old copy in place, as with a card out of a drawer: nobody tells the program."""
        for path in self.folder.glob("trenza.sqlite3*"):
            path.unlink()
        (self.folder / "trenza.sqlite3").write_bytes(copy)

    def entries(self) -> set[Known]:
        """What the journal holds of women."""
        with self.here():
            assert list(journal.check()) == []
            lines = [line for line in journal.everything() if line.kind == "toys.seen.v1"]
            found = {(line.device, line.sequence, line.data, line.person) for line in lines}
            assert len(found) == len(lines)
            return found

    def said(self) -> list[bytes]:
        """What was seen, each time that it was: nothing may be there twice or be missing."""
        return sorted(data for _, _, data, _ in self.entries())


class Cable:
    """A line to the cell: `faults` says what happens to the next messages, `None` nothing."""

    def __init__(self, scene: "Scene", token: bytes) -> None:
        self.scene, self.token = scene, token
        self.used = 0
        self.date: datetime | None = None
        self.faults: list[str | None] = []
        self.messages: list[bytes] = []

    def ask(self, message: bytes) -> bytes:
        fault = self.faults.pop(0) if self.faults else None
        self.messages.append(message)
        assert not connection.in_atomic_block
        if fault == "cut before":
            raise LineError("unreachable")
        if fault == "said twice":
            self._deliver(message)
        answer = self._deliver(message[: len(message) // 2] if fault == "message cut off" else message)
        if fault == "answer lost":
            raise LineError("timeout")
        return answer[: len(answer) // 2] if fault == "answer cut off" else answer

    def _deliver(self, message: bytes) -> bytes:
        """As the program on the cell answers it."""
        response = self.scene.post(message, self.token)
        self.used += len(message) + len(response.content)
        if response.status_code == 200:
            return bytes(response.content)
        raise LineError(response.json()["error"], retry_after=int(response.headers.get("Retry-After", 0)))


class Scene:
    """A cell, and a hub that is paired with it."""

    def __init__(self, folder: Path, template: str) -> None:
        self.template, self.folder = template, folder
        self.cell = Place(folder / "cell", template)
        self.hub, self.cable = self.new_hub("hub")

    def new_hub(self, name: str, *, centre: UUID = CENTRE) -> tuple[Place, Cable]:
        """Another hub, paired for a centre."""
        place = Place(self.folder / name, self.template, is_hub=True)
        return place, self.pair(place, centre=centre)

    def pair(self, place: Place, *, centre: UUID = CENTRE) -> Cable:
        """Pair what lies there, as `trenza hub pair` does."""
        with self.cell.here():
            code = sync.open_pairing(centre=centre, name=place.folder.name, by=None).code
        with place.here():
            device, recipient = journal.own_devices()[0], str(sync.own_identity().to_public())
        with self.cell.here():
            paired = sync.pair(code=code, device=device, recipient=recipient)
            told = sync.Credentials(
                paired.hub.pk, paired.hub.name, paired.hub.centre, paired.token, paired.secret,
                str(sync.own_identity().to_public()), "cell", b"\4" * 65,
            )  # fmt: skip
        with place.here():
            sync.take_pairing(url="https://cell.example", told=told)
        return Cable(self, paired.token)

    def post(self, message: bytes, token: bytes, **headers: str) -> Any:
        """POST /hub/sync on the cell."""
        told = {"Authorization": f"Bearer {base64url(token)}", **headers}
        with self.cell.here():
            return Client().post("/hub/sync", message, content_type="application/msgpack", headers=told)

    def visit(self, *, budget: int | None = None) -> sync.Visit:
        """The hub visits its cell."""
        with self.hub.here():
            return sync.visit(self.cable, budget=budget)

    def revoke(self) -> None:
        with self.cell.here():
            sync.revoke_hub(hub=sync.Hub.objects.get(centre=CENTRE, revoked_at=None), by=None)

    def see(self, *numbers: int, person: UUID | None = ANA, corrects: tuple[UUID, int] | None = None) -> None:
        """On the hub: so many things are seen of a woman."""
        with self.hub.here():
            see(numbers=numbers, person=person, corrects=corrects)

    def set_aside(self) -> list[tuple[str, str]]:
        with self.cell.here():
            return list(SetAside.objects.order_by("id").values_list("state", "reason"))

    def standing(self) -> sync.HubStanding:
        with self.hub.here():
            return sync.standing()

    def waiting(self) -> int:
        return self.standing().waiting

    def devices(self) -> set[str]:
        """The kinds of the devices under which the cell has what was seen."""
        with self.cell.here():
            return set(Device.objects.exclude(kind="authority").values_list("kind", flat=True))


@action
def see(*, numbers: Sequence[int], person: UUID | None, corrects: tuple[UUID, int] | None = None) -> None:
    for number in numbers:
        moment = max(clock.now(), MONDAY) + timedelta(milliseconds=number)
        record(Seen(number=number), by=person, about=person, happened_at=moment, corrects=corrects)


def seen(*numbers: int) -> list[bytes]:
    """As `Place.said` says it."""
    return sorted(b'{"number":%d}' % number for number in numbers)
