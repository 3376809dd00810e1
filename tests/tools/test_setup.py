import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def old_python(tmp_path: Path) -> Path:
    """A Python that says it is 3.9 and is none in all else."""
    python = tmp_path / "python3"
    real = shutil.which("python3")
    python.write_text(f'#!/bin/sh\nexec {real} -c "import sys; sys.version_info = (3, 9, 2)\n$2"\n')
    python.chmod(0o755)
    return python


def test_old_python_is_refused_with_what_to_do(old_python: Path, tmp_path: Path):
    done = make("--always-make", f"USER={tmp_path}/user", f"PYTHON={old_python}", f"{tmp_path}/user")

    assert done.returncode != 0
    assert "Trenza needs Python 3.11 or newer" in done.stderr
    assert "is 3.9" in done.stderr


def test_second_setup_has_nothing_to_do():
    make("setup")

    assert make("setup", "--question").returncode == 0
