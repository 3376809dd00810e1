"""What `make` sets up, and when: the real Makefile around a set-up that only notes what it was asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parents[2]
SETUP = f"""
import pathlib, sys
with open("log", "a") as log:
    log.write(sys.argv[1] + "\\n")
folder = pathlib.Path(".venv/bin")
folder.mkdir(parents=True, exist_ok=True)
for name, command in (("python", "exec {sys.executable} \\"$@\\""), ("trenza", "echo trenza \\"$@\\"")):
    (folder / name).write_text("#!/bin/sh\\n" + command + "\\n")
    (folder / name).chmod(0o755)
"""
CATALOGUE = """
import pathlib
made = pathlib.Path("src/trenza/locale/es/LC_MESSAGES/django.mo")
made.parent.mkdir(parents=True, exist_ok=True)
made.touch()
"""


class Checkout:
    """A folder with the real Makefile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "Makefile", folder)
        self.write("requirements/run.txt", "")
        self.write("requirements/dev.txt", "")
        self.write("pyproject.toml", "")
        self.write("tools/setup.py", SETUP)
        self.write("tools/catalogue.py", CATALOGUE)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def make(self, *arguments: str, python: str = sys.executable) -> "subprocess.CompletedProcess[str]":
        # The make that runs the tests passes its own flags on.
        environ = {
            name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
        }
        command = ["make", *arguments, f"PYTHON={python}"]
        return subprocess.run(command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False)

    def installed(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().split() if log.exists() else []


def test_from_a_stick_nothing_looks_for_a_line(monkeypatch):
    """uv does not read where pip is told to look."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(setup, "run", lambda *_, **__: pytest.fail("asked"))
    assert setup.install_with_uv("requirements/run.txt") is False


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_setup_installs_once(checkout: Checkout):
    assert checkout.make("setup").returncode == 0
    assert checkout.make("setup").returncode == 0

    assert checkout.installed() == ["requirements/dev.txt"]


def test_setup_installs_anew_when_the_lock_changes(checkout: Checkout):
    checkout.make("setup")
    later = (checkout.folder / ".venv/.developer").stat().st_mtime + 10
    os.utime(checkout.folder / "requirements/dev.txt", (later, later))
    checkout.make("setup")

    assert checkout.installed() == ["requirements/dev.txt"] * 2


def test_demo_installs_what_a_user_needs_and_starts(checkout: Checkout):
    assert checkout.make("demo").stdout.splitlines()[-1] == "trenza demo"
    assert checkout.make("demo").stdout == "trenza demo\n"

    assert checkout.installed() == ["requirements/run.txt"]


def test_demo_and_tests_share_a_checkout(checkout: Checkout):
    checkout.make("demo")
    checkout.make("setup")
    checkout.make("demo")

    assert checkout.installed() == ["requirements/run.txt", "requirements/dev.txt"]


def test_old_python_is_refused_with_what_to_do(checkout: Checkout):
    old = checkout.folder / "python3"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 9, 2)\n$2"\n')
    old.chmod(0o755)

    done = checkout.make("setup", python=str(old))

    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        f"Trenza needs Python 3.11 or newer, and {old} is 3.9. Install one, or name it: make PYTHON=python3.12"
    )
    assert checkout.installed() == []
