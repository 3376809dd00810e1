"""Everything that needs no running program: `python -m tools.check`. All is looked at; what fails is printed."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tools.catalogue import ROOT

CODE = ("src", "tests", "tools", "bench")
BIN = Path(sys.executable).parent


class Step(NamedTuple):
    name: str
    command: Sequence[str | Path]


def steps() -> list[Step]:
    django = [sys.executable, "-m", "django"]
    programmes = sorted(path.parent for path in ROOT.glob("programmes/*/programme.toml"))
    return [
        Step("style", [BIN / "ruff", "check", "."]),
        Step("format", [BIN / "ruff", "format", "--check", "."]),
        Step("order of apps", [BIN / "lint-imports"]),
        Step("types", [BIN / "mypy", *(name for name in CODE if (ROOT / name).exists())]),
        Step("system", [*django, "check", "--fail-level", "WARNING"]),
        Step("migrations", [*django, "makemigrations", "--check", "--dry-run"]),
        Step("Spanish", [sys.executable, "-m", "tools.messages"]),
        Step("data", [BIN / "trenza", "data", "check", ROOT / "data"]),
        *(Step(f"programme {path.name}", [BIN / "trenza", "programme", "check", path]) for path in programmes),
    ]


def main() -> int:
    """Run each step, print what it said if it failed, and return 1 if any did."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "trenza.settings.test"}
    failed = []
    for step in steps():
        start = time.monotonic()
        done = subprocess.run(
            step.command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        print(
            f"{'ok    ' if done.returncode == 0 else 'FAILED'} {step.name} ({time.monotonic() - start:.1f} s)",
            flush=True,
        )
        if done.returncode != 0:
            failed.append(step.name)
            print(done.stdout.decode(errors="replace").rstrip(), flush=True)
    print(f"make check: {', '.join(failed)} failed" if failed else "make check: all is well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
