"""A real installation in a temporary home, served by granian on loopback, with an office to act on it.

One for all tests of a process; each test has women of its own. The database is a copy of the one that migrations made
for all tests (tests/database.py). `TRENZA_TESTED_SOURCE` names another folder `src` to serve, such as a broken one.
"""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from trenza.cli.serving import stop, wait_until_ready, web_command

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = Path(os.environ.get("TRENZA_TESTED_SOURCE") or REPOSITORY / "src")
CODE = re.compile(r"\d{6}")
OFFICE = "import django; django.setup(); from tests.phone import office; office.main()"
Facts = dict[str, Any]
Woman = dict[str, str]
Women = Callable[..., Woman]
"""Makes women: see the fixture `woman`."""
Lessons = list[dict[str, str]]


class Entry(NamedTuple):
    """A line of the journal."""

    device: str
    sequence: int
    kind: str
    data: dict[str, Any]
    happened_at: str
    recorded_at: str


def work(lessons: int, questions: int = 3) -> dict[str, int]:
    """What `Home.counted` says where so many lessons were done, once."""
    return {"question_answered": lessons * questions, "lesson_completed": lessons}


class Home:
    """The data of an installation, and how processes on it are started."""

    def __init__(self, path: Path, database: Path) -> None:
        path.mkdir()
        shutil.copy(database, path / "trenza.sqlite3")
        self.path = path
        self.office = Office(self)
        self.lessons: Lessons = []

    def environment(self, source: Path = SOURCE) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(("TRENZA_", "DJANGO_"))}
        return own | {
            "TRENZA_HOME": str(self.path),
            "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop",
            "PYTHONPATH": f"{source}:{REPOSITORY}",
        }

    @contextmanager
    def served(self, source: Path = SOURCE) -> Iterator[str]:
        """A web server on these data, with the code in `source`: its address."""
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        with (self.path / f"{port}.log").open("wb") as log:
            command = web_command("127.0.0.1", port, 1)
            process = subprocess.Popen(command, env=self.environment(source), stdout=log, stderr=subprocess.STDOUT)
        try:
            if not wait_until_ready(url, [process]):
                raise AssertionError(f"no server:\n{(self.path / f'{port}.log').read_text()}")
            yield url
        finally:
            stop([process])

    def code(self, email: str) -> str:
        """The sign-in code in the newest mail to `email`. A laptop writes mail to files."""
        found: list[str] = []
        for path in sorted((self.path / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns):
            for part in path.read_bytes().split(b"-" * 79):
                message = message_from_bytes(part.strip(), policy=policy.default)
                body = message.get_body(("plain",)) if message["To"] == email else None
                found += [word for word in body.get_content().split() if CODE.fullmatch(word)] if body else []
        return found[-1]

    def again(self, woman: Woman) -> Woman:
        """She, with another session: each phone has its own."""
        return {**woman, "session": self.office.session(person=woman["person"])}

    # --- What stands in the database ---

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.path / 'trenza.sqlite3'}?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def entries(self, person: str, kind: str = "") -> list[Entry]:
        """What the journal says that she did in lessons, in the order in which it came; of one `kind`, if asked."""
        found = self.rows(
            "SELECT d.uuid, e.sequence, e.kind, e.data, e.happened_at, e.recorded_at FROM core_entry e"
            " JOIN core_device d ON d.id = e.device_id"
            " WHERE e.person = ? AND e.kind LIKE 'learning.%' ORDER BY e.position",
            UUID(person).bytes,
        )
        lines = [Entry(UUID(bytes=device).hex, n, name, json.loads(data), *at) for device, n, name, data, *at in found]
        return [line for line in lines if kind in line.kind]

    def counted(self, person: str) -> dict[str, int]:
        """How many entries of hers there are by kind: `{"question_answered": 2, "lesson_completed": 1}`."""
        return dict(Counter(line.kind.split(".")[1] for line in self.entries(person)))

    def scores(self, person: str, lesson: dict[str, str]) -> dict[str, tuple[int, float]]:
        """For each question of a lesson that she answered: how often, and her best score."""
        found = self.rows(
            "SELECT question, attempts, score FROM learning_questionprogress WHERE person = ? AND lesson = ?",
            UUID(person).bytes,
            UUID(lesson["id"]).bytes,
        )
        return {question: (attempts, score) for question, attempts, score in found}

    def exam(self, person: str, lesson: dict[str, str]) -> tuple[int, float, bool]:
        """How often she handed an exam in, her best score, and whether she has passed it."""
        [(attempts, score, passed)] = self.rows(
            "SELECT attempts, score, passed_at IS NOT NULL FROM learning_examresult WHERE person = ? AND lesson = ?",
            UUID(person).bytes,
            UUID(lesson["id"]).bytes,
        )
        return attempts, score, bool(passed)

    def done(self, person: str) -> list[str]:
        """When she did each of the lessons that she went through, by the clock that counts."""
        return [
            at for (at,) in self.rows("SELECT done_at FROM learning_lessondone WHERE person = ?", UUID(person).bytes)
        ]

    def set_aside(self, device: str) -> list[tuple[str, str]]:
        """State and reason of what this device sent and was not taken in."""
        return self.rows("SELECT state, reason FROM core_setaside WHERE device = ?", UUID(device).bytes)


class Office:
    """The team: `office.woman(name="Rosa", programme="uno")` does what tests/phone/office.py says."""

    def __init__(self, home: Home) -> None:
        command = [sys.executable, "-c", OFFICE]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=home.environment(), stdin=pipe, stdout=pipe, text=True)

    def __getattr__(self, verb: str) -> Any:
        return lambda **facts: self._ask(verb, facts)

    def _ask(self, verb: str, facts: dict[str, Any]) -> Any:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked
        assert answered
        asked.write(json.dumps({"do": verb, "with": facts}) + "\n")
        asked.flush()
        said = json.loads(answered.readline() or '{"error": "the office is gone"}')
        assert "error" not in said, said["error"]
        return said["answer"]

    def close(self) -> None:
        """Let it go home."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()


@contextmanager
def installed(path: Path, database: Path) -> Iterator[Home]:
    """A home whose office is at work until this is left."""
    home = Home(path, database)
    try:
        yield home
    finally:
        home.office.close()


def eventually(true: Any, *, within: float = 10.0, pause: Any = time.sleep) -> Any:
    """Ask until it says something true, and give that; fail when it does not in time. No test waits blindly."""
    end = time.monotonic() + within
    while True:
        found = true()
        if found:
            return found
        assert time.monotonic() < end, f"it did not come true within {within} s; last: {found!r}"
        pause(0.03)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
