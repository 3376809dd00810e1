"""What hub.md says is so: its commands, its pictures, and an upgrade that puts a hub back where it fails."""

import os
import re
import shlex
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.docs.test_install import parse

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "hub.md").read_text()
COMMANDS = sorted({found.strip() for found in re.findall(r"(?:sudo )?trenza (hub [^`#\n]+|migrate)", GUIDE)})


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_guide_are_known(command):
    parse(shlex.split(command))


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda path: path.name)
def test_pictures_are_light_and_say_what_they_show(picture):
    drawn = ElementTree.fromstring(picture.read_text())
    assert (len(drawn.get("aria-label", "")) > 20, picture.stat().st_size < 5_000) == (True, True)
    assert f"pictures/{picture.name}" in GUIDE


def upgrade(folder: Path, *words: str, fails: str = "") -> tuple[int, list[str], str]:
    """Run the script with programs that only note that they were called; one of them fails."""
    programs, data, program = folder / "bin", folder / "data", folder / "srv"
    for each in (programs, data, program / "deploy"):
        each.mkdir(parents=True)
    (data / "trenza.sqlite3").write_text("as it was")
    script = program / "deploy" / "hub-upgrade"
    script.write_text((ROOT / "deploy" / "hub-upgrade").read_text())
    script.chmod(0o755)
    for name in ("git", "make", "systemctl", "sleep", "trenza"):
        path = programs / name
        spoil = f'[ "$1" = migrate ] && echo newer > {data}/trenza.sqlite3\n' if name == "trenza" else ""
        end = f'case "{name} $*" in "{fails}"*) exit 1;; esac\n' if fails else ""
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/called\n{spoil}{end}echo 0123abc\n')
        path.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "HUB_DATA": str(data)}
    done = subprocess.run([script, *words], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, (folder / "called").read_text().splitlines(), (data / "trenza.sqlite3").read_text().strip()


def test_an_upgrade_stops_the_hub_and_starts_the_newer_one(tmp_path):
    code, called, database = upgrade(tmp_path)
    assert (code, database) == (0, "newer")
    assert called[1:-1] == [
        "git fetch --quiet origin main", "systemctl stop trenza-hub", "git merge --ff-only --quiet FETCH_HEAD",
        "make install", "trenza migrate", "systemctl start trenza-hub", "sleep 15",
        "systemctl is-active --quiet trenza-hub",
    ]  # fmt: skip


@pytest.mark.parametrize("fails", ["git merge", "trenza migrate", "systemctl is-active"])
def test_an_upgrade_that_fails_puts_the_hub_back(tmp_path, fails):
    code, called, database = upgrade(tmp_path, "/mnt", fails=fails)
    assert (code, database) == (1, "as it was")
    assert called[1] == "git fetch --quiet /mnt/trenza.bundle main"
    assert called[-4:] == [
        "systemctl stop trenza-hub", "git reset --hard --quiet 0123abc", "make install", "systemctl start trenza-hub",
    ]  # fmt: skip
