"""Read the code as text: what exists, and who imports what. Nothing is imported to find out."""

import ast
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TRENZA = ROOT / "src" / "trenza"


class Import(NamedTuple):
    """One imported name in full (`trenza.apps.people.api`), and where."""

    path: Path
    line: int
    name: str

    @property
    def place(self) -> str:
        return f"{self.path.as_posix()}:{self.line}"


def imports_in(path: Path) -> Iterator[Import]:
    """Every import of a file, also those inside functions. `from a.b import c` counts as a.b.c."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield Import(path, node.lineno, f"{node.module}.{alias.name}")


def tracked_files() -> list[Path]:
    """The files in git, or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file()]


def app_ranks() -> dict[str, int]:
    """How high each app stands, by its label: core is 0, those on one line of `.importlinter` are level."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contracts["importlinter:contract:apps"]["layers"].split("\n")
    ranks = {"core": 0}
    for rank, line in enumerate(reversed([line for line in lines if line.strip()]), start=1):
        ranks |= {name.strip(" ()"): rank for name in line.split("|")}
    portals = contracts["importlinter:contract:portals"]["layers"].replace("\n", "|").split("|")
    return ranks | {name.strip(" ()"): 1_000 for name in portals if name.strip()}
