"""A hub and its cell as processes, and between them a line that is cut, a plug that is pulled and a disk that is full.

After each fault both sides hold the same entries once, and their journals are whole.
"""

import base64
import http.client
import json
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.database import TEMPLATE
from tests.journey import running
from tests.journey.line import Cut
from tests.phone.server import Home, installed

pytestmark = [pytest.mark.slow, pytest.mark.drill, pytest.mark.one_engine, pytest.mark.django_db]
WOMEN, LESSONS = 6, 240
# On the cell: a centre and who comes there; the code for its hub.
PREPARE = """
import django, json
django.setup()
from trenza.apps.people.api import register_person
from trenza.apps.places.api import CentreDetails, add_members, open_centre, open_hub_pairing
centre = open_centre(details=CentreDetails(code="{code}", name="Centro", country="BO", time_zone="UTC"), by=None)
women = [register_person(given_name="Ana {{}}".format(n), family_name="Quispe", by=None) for n in range({women})]
add_members(centre=centre, persons=women, by=None)
print(json.dumps([open_hub_pairing(centre=centre, name="{code}", by=None), [woman.pk.hex for woman in women]]))
"""
# On the hub: what they learn.
LEARN = """
import django, json
django.setup()
from uuid import UUID
from trenza.apps.learning.events import LessonCompleted
from trenza.core.ids import named_id
from trenza.core.journal import action, record
@action
def learn(*, women, first, count):
    for number in range(first, first + count):
        woman = UUID(hex=women[number % len(women)])
        record(LessonCompleted(lesson=named_id("test", str(number))), by=woman, about=woman)
learn(women={women}, first={first}, count={count})
print("null")
"""
ENTRIES = """
import django, json
django.setup()
from trenza.core import journal
found = sorted(line.data.decode() for line in journal.everything() if line.kind == "learning.lesson_completed.v1")
print(json.dumps([found, list(journal.check())]))
"""


EACH = 100
FIFTY = f"""
import base64, django, json
django.setup()
from trenza.apps.learning.events import LessonCompleted
from trenza.apps.people.api import register_person
from trenza.apps.places.api import CentreDetails, add_members, open_centre, open_hub_pairing
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub.entries_wire import pack
from trenza.core import clock, ids, journal
told = []
recipient = str(sync.own_identity().to_public())
for number in range(50):
    details = CentreDetails(code=f"c-{{number}}", name="Centro", country="BO", time_zone="UTC")
    centre = open_centre(details=details, by=None)
    woman = register_person(given_name="Ana", family_name="Quispe", by=None)
    add_members(centre=centre, persons=[woman], by=None)
    device = ids.new_id()
    code = open_hub_pairing(centre=centre, name="x", by=None)
    paired = sync.pair(code=code, device=device, recipient=recipient)
    entries = pack([
        journal.incoming(
            LessonCompleted(lesson=ids.named_id("test", str(number), str(n))), device=device, sequence=n + 1,
            happened_at=clock.now(), person=woman.pk, by=woman.pk,
        )
        for n in range({EACH})
    ])
    request = sync.HubRequest(
        v=1, batch=b"12345678", devices=[device.bytes], entries=entries, upto={EACH}, top={EACH},
    )
    message = sync.write_message(request, hub=paired.hub.pk, secret=paired.secret)
    told.append([base64.urlsafe_b64encode(paired.token).decode().rstrip("="), base64.b64encode(message).decode()])
print(json.dumps(told))
"""


class Pair:
    """A cell that is served, and a hub that is paired with it over a line that can be cut."""

    def __init__(self, cell: Home, hub: Home, line: Cut) -> None:
        self.cell, self.hub, self.line, self.done = cell, hub, line, 0
        self.environment = hub.environment() | {"DJANGO_SETTINGS_MODULE": "trenza.settings.hub"}
        with closing(sqlite3.connect(hub.path / "trenza.sqlite3")) as database:
            database.execute("DELETE FROM core_device")  # that of every copy of the template; it takes one of its own
            database.commit()
        code, self.women = told(cell.environment(), PREPARE.format(code="centro", women=WOMEN))
        self.run("hub", "pair", f"http://127.0.0.1:{self.line.port}", code)
        assert self.sync(), self.said

    def run(self, *words: str, **more: Any) -> "subprocess.CompletedProcess[str]":
        command = running._command(*words)
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, **more)

    def sync(self, **more: Any) -> bool:
        """Whether all was handed on."""
        self.line.passed = 0
        done = self.run("hub", "sync", **more)
        self.said = done.stdout + done.stderr
        return done.returncode == 0

    def learn(self, count: int = LESSONS) -> None:
        told(self.environment, LEARN.format(women=self.women, first=self.done, count=count))
        self.done += count

    def are_one(self) -> None:
        """After a visit without a fault."""
        self.line.after = None
        assert self.sync(), self.said
        (ours, wrong), (theirs, also_wrong) = told(self.environment, ENTRIES), told(self.cell.environment(), ENTRIES)
        assert (wrong, also_wrong) == ([], [])
        assert ours == theirs
        assert len(ours) == len(set(ours)) == self.done


def told(environment: dict[str, str], script: str) -> Any:
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def pair(tmp_path: Path, transactional_db: None) -> Iterator[Pair]:
    template = Path(str(connection.settings_dict["NAME"]) + TEMPLATE)
    with ExitStack() as stack:
        cell, hub = (stack.enter_context(installed(tmp_path / name, template)) for name in ("cell", "hub"))
        url = stack.enter_context(cell.served())
        line = stack.enter_context(closing(Cut(int(url.rpartition(":")[2]))))
        yield Pair(cell, hub, line)


def test_a_line_that_is_cut_at_every_tenth_of_a_transfer(pair: Pair) -> None:
    pair.learn()
    assert pair.sync()
    whole = pair.line.passed
    for tenth in range(10):
        pair.learn(LESSONS)
        pair.line.after = whole * tenth // 10
        assert not pair.sync()
    pair.are_one()


def test_a_plug_that_is_pulled_on_either_side(pair: Pair, tmp_path: Path) -> None:
    for moment in (0.9, 1.1, 1.3):
        pair.learn()
        visit = subprocess.Popen(running._command("hub", "sync"), env=pair.environment, stdout=subprocess.DEVNULL)
        time.sleep(moment)
        visit.send_signal(signal.SIGKILL)
        visit.wait()
    pair.are_one()


def test_a_disk_that_is_full_on_the_hub(pair: Pair) -> None:
    pair.learn()
    size = max(path.stat().st_size for path in pair.hub.path.glob("trenza.sqlite3*"))

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, size // 4))

    pair.sync(preexec_fn=no_room)
    pair.are_one()


def test_fifty_hubs_that_come_back_at_once(tmp_path: Path, transactional_db: None) -> None:
    template = Path(str(connection.settings_dict["NAME"]) + TEMPLATE)
    with installed(tmp_path / "cell", template) as cell:
        hubs = told(cell.environment(), FIFTY)
        with cell.served() as url:
            port = int(url.rpartition(":")[2])
            threads = [threading.Thread(target=_visit, args=(port, hub)) for hub in hubs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
        found, wrong = told(cell.environment(), ENTRIES)
    assert (len(found), len(set(found)), wrong) == (len(hubs) * EACH, len(hubs) * EACH, [])


def _visit(port: int, hub: list[str]) -> None:
    """Again and again while the cell asks to wait."""
    token, message = hub
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/msgpack"}
    for _ in range(100):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line, suppress(OSError):
            line.request("POST", "/hub/sync", base64.b64decode(message), headers)
            if line.getresponse().status == 200:
                return
        time.sleep(0.5)
