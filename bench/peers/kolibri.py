"""Kolibri (MIT) beside our hub: two instances on this machine, the same number of records, its own `sync` command.

It is installed from its package into a folder of its own, used, and taken away. A facility with 200 learners stands on
one instance, which serves; the other fetches it, works, and hands on: what a hub does at its cell.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from bench.figure import TOGETHER
from bench.relay import HOST, relay
from tools.postgresql import free_port

PACKAGE: Final = Path(__file__).with_name("kolibri.txt")
SIDE: Final = Path(__file__).with_name("kolibri_side.py")
VERSION: Final = PACKAGE.read_text().split()[0].partition("==")[2]
LEARNERS: Final = 200
RECORDS: Final = 10_400
INSTALLING: Final = 300
"""Seconds, at most; so are the others."""
STARTING: Final = 90
SYNCING: Final = 600
_OURS: Final = ("TRENZA_", "DJANGO_", "KOLIBRI_", "PYTHON")


@dataclass(frozen=True)
class Peer:
    """What was measured: a first sync of the records, one with nothing new, and what a record takes in the database of
    the instance that made it."""

    first: float
    empty: float
    empty_bytes: int
    bytes_per_record: float


class NotMeasured(Exception):
    """It could not be installed or did not work here; the words say why."""


@cache
def measure() -> Peer | str:
    """The figures, or why there are none; once for all figures of a run of `python -m bench`."""
    together = os.environ.get(TOGETHER)
    kept = Path(together, "kolibri.json") if together else None
    if kept and kept.exists():
        told = json.loads(kept.read_text())
        return told if isinstance(told, str) else Peer(**told)
    found = _measured()
    if kept:
        kept.write_text(json.dumps(found if isinstance(found, str) else asdict(found)))
    return found


def _measured() -> Peer | str:
    with tempfile.TemporaryDirectory(prefix="trenza-peer-", ignore_cleanup_errors=True) as folder:
        try:
            return _measure(Path(folder))
        except (NotMeasured, OSError, ValueError, LookupError, sqlite3.Error) as error:
            return f"Kolibri not measured: {error}"


def _measure(folder: Path) -> Peer:
    _install(folder)
    there, here = _Instance(folder, "there"), _Instance(folder, "here")
    there.run(
        *("kolibri", "manage", "provisiondevice", "--facility", "Centro", "--superusername", "office"),
        *("--superuserpassword", "office-4827", "--preset", "formal", "--language_id", "es-419", "--noinput"),
    )
    there.do("people", str(LEARNERS))
    port = free_port()
    with there.serving(port), relay(port) as line:
        url = f"http://{HOST}:{line.port}"
        here.do("sync", url)
        before = here.database_bytes()
        if here.do("work", str(RECORDS))["records"] != RECORDS:
            raise NotMeasured("its records could not be written")
        first = here.do("sync", url)["seconds"]
        passed = sum(line.counted)
        empty = here.do("sync", url)["seconds"]
        sent = sum(line.counted) - passed
        after = here.database_bytes()
    if there.do("people", "0")["records"] != RECORDS:
        raise NotMeasured("its records did not arrive")
    return Peer(first, empty, sent, (after - before) / RECORDS)


def _install(folder: Path) -> None:
    commands = (
        [sys.executable, "-m", "venv", str(folder / "venv")],
        [str(folder / "venv/bin/pip"), "install", "--quiet", "--require-hashes", "--requirement", str(PACKAGE)],
    )
    for command in commands:
        _run(command, _environment(), INSTALLING, "its package could not be installed")


@dataclass(frozen=True)
class _Instance:
    folder: Path
    name: str

    @property
    def environment(self) -> dict[str, str]:
        quiet = {"KOLIBRI_ZEROCONF_ENABLED": "false", "KOLIBRI_DISABLE_PING": "true", "KOLIBRI_LISTEN_ADDRESS": HOST}
        return {**_environment(), **quiet, "KOLIBRI_HOME": str(self.folder / self.name)}

    def run(self, program: str, *words: str) -> str:
        command = [str(self.folder / "venv/bin" / program), *words]
        return _run(command, self.environment, SYNCING, f"`{' '.join(words[:2])}` failed")

    def do(self, verb: str, value: str) -> dict[str, Any]:
        """What kolibri_side.py says: `seconds`, without starting up, and how many `records` there are then."""
        told: dict[str, Any] = json.loads(self.run("python", "-P", str(SIDE), verb, value).splitlines()[-1])
        return told

    def database_bytes(self) -> int:
        """Of its database, without the space that is free in it."""
        copy = self.folder / "copy.sqlite3"
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.folder / self.name / "db.sqlite3")) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        return copy.stat().st_size

    @contextmanager
    def serving(self, port: int) -> Iterator[None]:
        """As it runs in a school; ended by its process id."""
        command = [str(self.folder / "venv/bin/kolibri"), "start", "--foreground", "--port", str(port)]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet)
        try:
            _wait(f"http://{HOST}:{port}/api/public/info/", process)
            yield
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def _run(command: list[str], environment: dict[str, str], seconds: int, otherwise: str) -> str:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise NotMeasured(f"{otherwise} within {seconds} s") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [""]
        raise NotMeasured(f"{otherwise}: {lines[-1][:120]}")
    return done.stdout


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise NotMeasured(f"it did not answer within {STARTING} s")
