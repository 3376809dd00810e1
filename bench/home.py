"""A home with demonstration data, and a server on it, as a user has them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from trenza.apps.learning import api as learning
from trenza.cli import serving
from trenza.cli.programmes import load_folder
from trenza.cli.samples import publish_samples

HOST = "127.0.0.1"
COMMAND = str(Path(sys.executable).with_name("trenza"))


def environment() -> dict[str, str]:
    """A user's: Python keeps what it compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def prepare() -> float:
    """Do what the first `make demo` does before it serves; the seconds that it took."""
    start = time.perf_counter()
    subprocess.run([COMMAND, "demo", "--prepare-only"], env=environment(), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def load_content() -> list[str]:
    """The programmes and their courses without people: enough for lessons. The path of each lesson."""
    call_command("migrate", verbosity=0)
    for folder in sorted(path.parent for path in settings.PROGRAMMES.glob("*/programme.toml")):
        load_folder(folder)
    list(publish_samples())
    return lesson_paths()


def lesson_paths() -> list[str]:
    """Where each lesson of the newest version of each course stands."""
    return list(questions())


def questions() -> dict[str, list[str]]:
    """The codes of the questions of each lesson, by its path."""
    return {
        f"/lecciones/{version.course.code}/{version.short}/{lesson.code}/": [each["code"] for each in lesson.questions]
        for version in learning.published_courses()
        for lesson in version.lessons.defer("body")
    }


@contextmanager
def served(port: int, *, workers: int = 1) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Web and worker processes on this home, as `trenza serve` starts them, ended by their process ids: the web server
    and the worker."""
    os.environ.update(TRENZA_DEMONSTRATION="1", TRENZA_URL=f"http://{HOST}:{port}")
    with serving.running(HOST, port, workers) as processes:
        if not serving.wait_until_ready(f"http://{HOST}:{port}/", processes):
            raise RuntimeError("the server did not start")
        yield processes


def processor_seconds(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """What these and all that they started have used of the processors until now: it says more than the time that
    passed where a machine does much else. 0 where the system does not tell (no /proc)."""
    started: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for stat in filter(None, map(_read, Path("/proc").glob("[0-9]*/stat"))):
        pid, _, rest = stat.partition(" (")
        words = rest.rpartition(") ")[2].split()
        started.setdefault(int(words[1]), []).append(int(pid))
        ticks[int(pid)] = int(words[11]) + int(words[12])
    total, waiting = 0, [each.pid for each in processes]
    while waiting:
        number = waiting.pop()
        total += ticks.get(number, 0)
        waiting += started.get(number, [])
    return total / os.sysconf("SC_CLK_TCK")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
