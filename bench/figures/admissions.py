"""A draw of a million applications, and its replay file verified; in processes of their own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figure import Measured, figure

_WHAT = "a million applications, nine quotas, three reserved groups"


@figure("draw_1m_s")
def draw_seconds() -> Measured:
    """Seconds from the list and the seed to every place and result, with the hash of the list."""
    return Measured(_drawn()["seconds"], "s", peer=_WHAT)


@figure("draw_1m_mb")
def draw_memory() -> Measured:
    """The most that the process held, with the list that was made for it and the file written."""
    return Measured(_drawn()["mb"], "MB", peer=_WHAT)


@figure("draw_verify_1m_s")
def verify_seconds() -> Measured:
    """Seconds to read the file, draw again and compare."""
    return Measured(_verified()["seconds"], "s", peer=_WHAT)


@figure("draw_verify_1m_mb")
def verify_memory() -> Measured:
    """The most that the process held."""
    return Measured(_verified()["mb"], "MB", peer=_WHAT)


def _drawn() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return _run(Path(folder) / "sorteo.txt")


def _verified() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sorteo.txt"
        _run(file)
        return _run("--verify", file)


def _run(*words: object) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.draw", *map(str, words)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found
