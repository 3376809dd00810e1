"""A hub one version late, and a cell one version late: both go on, and what was not known is known after an upgrade."""

import io
import json
import os
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journey.running import OURS, _free_port

pytestmark = pytest.mark.drill
REPOSITORY = Path(__file__).parents[2]
OLDER = "35815df35c8c21fe630259e3693ba860389ef55d"
"""The program before this one. Name the newest release here."""
PATIENCE = 120

# What a next version adds: a kind of observation that hubs hand on and are told of.
NEXT_KIND = '''

@kind("learning.page_turned.v1")
class PageTurned(Observation, frozen=True):
    """She turned a page."""

    lesson: UUID
'''
CENTRE = """
from uuid import UUID
from trenza.apps.people.api import register_person
from trenza.apps.places.api import add_members
from trenza.apps.places.models import Centre
from trenza.apps.sync import api as sync
from trenza.apps.places.events import CentreOpened
from trenza.core import clock
from trenza.core.journal import action, record
centre = Centre.objects.create(
    code="el-alto", name="El Alto", country="BO", time_zone="America/La_Paz", opened_at=clock.now()
)
ana = register_person(given_name="Ana", family_name="", synthetic=True)
@action
def opened(*, centre):
    record(CentreOpened(centre=centre), by=None, about=None)
opened(centre=centre.pk)
add_members(centre=centre, persons=[ana], by=None)
code = sync.open_pairing(centre=centre.pk, name="El Alto", by=None).code
say({"code": code, "ana": str(ana.pk)})
"""
LEARN = """
from uuid import UUID
from trenza.apps.learning import events
from trenza.core.ids import new_id
from trenza.core.journal import action, record
@action
def done(*, event, her):
    record(event, by=her, about=her)
done(event=events.%s(lesson=new_id()), her=UUID("%s"))
say(None)
"""
KINDS = """
from collections import Counter
from trenza.core import journal
from trenza.core.models import Entry, SetAside
journal.reconsider_held()
held = SetAside.objects.filter(state="held").values_list("kind", "reason")
hers = Entry.objects.filter(kind__in=("learning.lesson_completed.v1", "learning.page_turned.v1"))
found = Counter(hers.values_list("kind", flat=True))
say({"entries": found, "held": sorted(map(list, held))})
"""


GUIDES = """
from trenza.apps.sessions.models import Workshop
say([bool(workshop.parts) for workshop in Workshop.objects.all()])
"""


class Program:
    """An installation: a program's source, which an upgrade exchanges, and a home, which it keeps."""

    def __init__(self, source: Path, home: Path, settings: str) -> None:
        self.source, self.home, self.settings = source, home, settings
        home.mkdir()
        self.run("migrate")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {
            "PYTHONPATH": str(self.source / "src"), "TRENZA_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": f"trenza.settings.{self.settings}", "TRENZA_DEMONSTRATION": "1",
        }  # fmt: skip

    def run(self, *words: str) -> str:
        return self._python("-m", "trenza.cli", *words)

    def told(self, script: str) -> Any:
        """What a script says there."""
        head = "import django, json\ndjango.setup()\nsay = lambda found: print(json.dumps(found))\n"
        return json.loads(self._python("-c", head + script).splitlines()[-1])

    def upgrade(self, source: Path) -> None:
        """What deploy/hub-upgrade does between its stop and its start."""
        self.source = source
        self.run("migrate")

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=self.source, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def serving(cell: Program, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "trenza.cli", "serve", "--port", str(port)]
    with (cell.home / "output.txt").open("ab") as output:
        process = subprocess.Popen(command, env=cell.environment, cwd=cell.source, stdout=output, stderr=output)
    try:
        end = time.monotonic() + PATIENCE
        while not _answers(port):
            assert process.poll() is None, (cell.home / "output.txt").read_text()
            assert time.monotonic() < end, (cell.home / "output.txt").read_text()
            time.sleep(0.3)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The program before this one, out of the history."""
    asked = subprocess.run(["git", "archive", OLDER], cwd=REPOSITORY, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip(f"the history does not go back to {OLDER[:7]}")
    _unpack(asked.stdout, tmp_path / "older")
    return tmp_path / "older"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """This program with what a next version would add."""
    asked = subprocess.run(["git", "archive", "HEAD"], cwd=REPOSITORY, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("there is no history")
    folder = tmp_path / "newer"
    _unpack(asked.stdout, folder)
    events, hub = (folder / "src/trenza/apps/learning" / name for name in ("events.py", "hub.py"))
    events.write_text(events.read_text() + NEXT_KIND)
    text = hub.read_text().replace(
        "LessonCompleted, QuestionAnswered\n", "LessonCompleted, PageTurned, QuestionAnswered\n"
    )
    hub.write_text(text.replace("kinds(LessonCompleted,", "kinds(PageTurned, LessonCompleted,"))
    return folder


def _unpack(content: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")


@pytest.mark.parametrize("late", ["hub", "cell"])
def test_one_version_late_and_then_upgraded(late: str, older: Path, newer: Path, tmp_path: Path) -> None:
    cell = Program(older if late == "cell" else newer, tmp_path / "cell", "laptop")
    hub = Program(older if late == "hub" else newer, tmp_path / "hub", "hub")
    place = cell.told(CENTRE)
    ahead, behind = (cell, hub) if late == "hub" else (hub, cell)
    cell.run("programme", "load", "programmes/tigo-conectadas")
    guides = cell.told(GUIDES) if late == "hub" else []  # the older program reads no workshop's guide
    port = _free_port()
    with serving(cell, port):
        hub.run("hub", "pair", f"http://127.0.0.1:{port}", place["code"])
        hub.run("hub", "sync")
    for each in (cell, hub):  # without a line
        each.told(LEARN % ("LessonCompleted", place["ana"]))
    ahead.told(LEARN % ("PageTurned", place["ana"]))
    with serving(cell, port):
        assert "0 things still waiting" in hub.run("hub", "sync")
    known = behind.told(KINDS)
    assert known["entries"] == {"learning.lesson_completed.v1": 2}
    assert known["held"] == [["learning.page_turned.v1", "unknown_kind"]]

    behind.upgrade(newer)
    with serving(cell, port):
        assert "0 things still waiting" in hub.run("hub", "sync")
    everything = {"learning.lesson_completed.v1": 2, "learning.page_turned.v1": 1}
    for each in (cell, hub):
        assert each.told(KINDS) == {"entries": everything, "held": []}
        each.run("journal", "check")
    assert hub.told(GUIDES) == guides
    assert all(guides)
