"""Files are short, say nothing of the machine they were written on, and reach those who install Trenza."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, TRENZA, tracked_files

MOST_LINES = 600
# A programme is one file, however much it offers: it is data, read section by section.
MOST_LINES_OF_A_DEFINITION = 1_500
WRITTEN_BY_HAND = {".py", ".js", ".mjs", ".css", ".html", ".md", ".typ", ".toml"}
BINARY = {".xls", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".pdf", ".ttf", ".otf", ".woff2", ".mo"}
# Put together here, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
]
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|Users|root|work|opt)/\w+")


def too_long(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        if path.suffix in WRITTEN_BY_HAND:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > (MOST_LINES_OF_A_DEFINITION if path.name == "programme.toml" else MOST_LINES):
                yield f"{path} has {lines} lines"


def traces_of_a_machine(files: Iterable[Path]) -> Iterator[str]:
    """Paths that exist on one machine only, and hosts of package registries."""
    for path in files:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = MACHINE_PATH.findall(line) + [host for host in REGISTRIES if host in line]
            if found:
                yield f"{path}:{number} names {', '.join(found)}"


def test_files_are_short():
    assert list(too_long(tracked_files())) == []


def test_files_name_no_machine_and_no_registry():
    assert list(traces_of_a_machine(tracked_files())) == []


def test_every_app_has_a_readme():
    apps = [path.parent for path in sorted(TRENZA.glob("apps/*/__init__.py"))]

    assert [app.name for app in apps if not (app / "README.md").exists()] == []


@pytest.mark.slow
def test_package_holds_every_file(tmp_path: Path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    [wheel] = tmp_path.glob("*.whl")
    wanted = {path.relative_to(ROOT / "src").as_posix() for path in tracked_files() if path.is_relative_to(TRENZA)}
    wanted.add("trenza/locale/es/LC_MESSAGES/django.mo")
    wanted |= {f"trenza/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("data/*.toml")}
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_long_files_are_found(tmp_path: Path):
    (tmp_path / "long.py").write_text("x\n" * 601)
    (tmp_path / "short.py").write_text("x\n" * 600)

    assert list(too_long(tmp_path.iterdir())) == [f"{tmp_path}/long.py has 601 lines"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cd /ho" + "me/ana/trenza", True),
        ("path = '/wo" + "rk/main'", True),
        ("https://py" + "pi.org/simple", True),
        ("ROOT / 'home/page.html'", False),
        ("https://example.test/home/page", False),
        ("../shared/home/x", False),
        ("/lecciones/home/", False),
    ],
)
def test_traces_of_a_machine_are_found(tmp_path: Path, text: str, found: bool):
    (tmp_path / "notes.md").write_text(text)

    assert bool(list(traces_of_a_machine([tmp_path / "notes.md"]))) == found
