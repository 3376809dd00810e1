"""Make `.venv` hold exactly what a requirements file names, and Trenza itself: `python3 tools/setup.py FILE`.

It runs before anything is installed, so it imports the standard library only.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / "bin"


def main(requirements: str) -> int:
    """Set the environment up; what it holds beyond the file goes."""
    try:
        make_environment()
    except subprocess.CalledProcessError:
        return 1
    if not (install_with_uv(requirements) or install_with_pip(requirements)):
        print("Trenza could not be set up: the packages could not be installed (see above).", file=sys.stderr)
        return 1
    return 0


def make_environment() -> None:
    """Create `.venv`, anew if it was copied from another folder or its Python is gone."""
    pip = BIN / "pip"
    if pip.exists() and str(ENVIRONMENT) in pip.read_text() and run([pip, "--version"], quiet=True):
        return
    print("Making .venv", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)


def install_with_uv(requirements: str) -> bool:
    """Install in seconds. False where uv does not reach what pip does (it does not read pip's configuration)."""
    uv = BIN / "uv"
    if os.environ.get("PIP_NO_INDEX"):  # from a stick: uv would look for a line, and say at length that there is none
        return False
    if not uv.exists() and not run([BIN / "python", "-m", "pip", "install", "--quiet", "uv"], quiet=True):
        return False
    print(f"Installing {requirements}", flush=True)
    return run([uv, "pip", "sync", "--quiet", "--require-hashes", requirements]) and run(
        [uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
    )


def install_with_pip(requirements: str) -> bool:
    """Install more slowly; packages that the file does not name stay."""
    print(f"Installing {requirements} with pip", flush=True)
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--quiet"]
    return run([*pip, "--require-hashes", "--requirement", requirements]) and run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", "."]
    )


def run(command: list[str | Path], *, quiet: bool = False) -> bool:
    """Say whether a command succeeded in this environment, whichever one the caller had activated."""
    environ = {**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT)}
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, cwd=ROOT, env=environ, stdout=output, stderr=output, check=False).returncode == 0
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
