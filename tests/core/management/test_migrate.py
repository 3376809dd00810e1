"""`migrate` from a copy: what tests and drills begin with is whole, and an installation of its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "trenza.cli", "migrate"]


def migrated(home: Path) -> tuple[list[tuple[str, ...]], bytes]:
    """The schema of a new installation, and the device of its authority."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRENZA_", "DJANGO_"))}
    told = {**clean, "TRENZA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"}
    subprocess.run(COMMAND, env=told, check=True, capture_output=True)
    with closing(sqlite3.connect(home / "trenza.sqlite3")) as database:
        schema = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        rows = schema.fetchall()
        [(device,)] = database.execute("SELECT uuid FROM core_device WHERE kind = 'authority'")
    return rows, device


@pytest.mark.slow
def test_installations_that_begin_alike_have_devices_of_their_own(tmp_path: Path):
    first, one = migrated(tmp_path / "one")
    second, other = migrated(tmp_path / "two")

    assert first == second
    assert {name for _, name, _ in first} >= {"core_entry", "people_person", "wagtailcore_page"}
    assert one != other
