"""The drill: an installation is backed up, restored into an empty one on either engine, and people go on there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tools.postgresql import running_server

pytestmark = [pytest.mark.slow, pytest.mark.drill]
TRENZA = str(Path(sys.executable).with_name("trenza"))


class Installation:
    """An installation of its own: a home and a database."""

    def __init__(self, home: Path, database: str | None) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRENZA_", "DJANGO_"))}
        self.home = home
        self.environment = {**clean, "TRENZA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"}
        if database:
            self.environment["TRENZA_DATABASE_URL"] = database

    def trenza(self, *words: object) -> str:
        return self._run([TRENZA, *map(str, words)])

    def drill(self, verb: str) -> Any:
        return json.loads(self._run([sys.executable, "-m", "tests.journey.drill", verb]))

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Makes empty installations on either engine; one PostgreSQL serves all, with a database for each."""
    with ExitStack() as stack:
        servers: list[str] = []

        def make(engine: str, name: str) -> Installation:
            home = tmp_path_factory.mktemp(name) / "home"
            if engine == "sqlite":
                return Installation(home, None)
            if not servers:
                servers.append(stack.enter_context(running_server()))
            with psycopg.connect(servers[0], autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}".encode())
            return Installation(home, urlunsplit(urlsplit(servers[0])._replace(path=f"/{name}")))

        yield make


@pytest.fixture(scope="module")
def original(empty: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path, dict[str, Any]]:
    """A small demonstration on SQLite that somebody has worked in, the key to its backups, and what it shows."""
    system = empty("sqlite", "original")
    system.trenza("demo", "--prepare-only", "--people", 6)
    seen = {**system.drill("print"), **system.drill("look")}
    key = tmp_path_factory.mktemp("keys") / "backup.key"
    system.trenza("backup-key", key)
    return system, key, seen


def backed_up(system: Installation, key: Path, folder: Path) -> Path:
    recipient = key.read_text().split()[3]
    system.trenza("backup", folder, "--recipient", recipient, "--verify")
    [made] = folder.iterdir()
    return made


def restored(backup: Path, key: Path, into: Installation) -> dict[str, Any]:
    """What an installation shows that this was restored into; it prints no certificate anew."""
    into.trenza("restore", backup, "--identity", key)
    return {**into.drill("look"), **into.drill("print")}


def test_everything_is_there_again_on_sqlite_and_work_goes_on(original, empty, tmp_path):
    system, key, seen = original
    other = empty("sqlite", "other")

    assert restored(backed_up(system, key, tmp_path / "out"), key, other) == seen
    assert (other.home / "secret.key").read_text() == (system.home / "secret.key").read_text()
    went_on = other.drill("work")
    former = went_on.pop("former devices")
    assert len(former) == 1
    assert went_on == {"office": 200, "positions": [1], "first sequence": 1, "devices": 1, "faults": []}
    # The next backup is of the same system, and of another server of it.
    again = backed_up(other, key, tmp_path / "again")
    assert f"system         {former[0]}" in other.trenza("restore", "--check", again, "--identity", key)


def test_everything_is_there_again_on_the_other_engine_and_back(original, empty, tmp_path):
    system, key, seen = original
    cell, second_cell, laptop = (
        empty("postgresql", "cell"), empty("postgresql", "second_cell"), empty("sqlite", "laptop"),
    )  # fmt: skip

    assert restored(backed_up(system, key, tmp_path / "1"), key, cell) == seen
    assert restored(backed_up(cell, key, tmp_path / "2"), key, second_cell) == seen
    went_on = second_cell.drill("work")
    assert len(went_on.pop("former devices")) == 2
    assert went_on == {"office": 200, "positions": [1], "first sequence": 1, "devices": 1, "faults": []}
    assert restored(backed_up(cell, key, tmp_path / "3"), key, laptop) == seen
    assert laptop.drill("work")["faults"] == []
