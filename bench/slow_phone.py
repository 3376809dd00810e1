"""A slow phone on a slow line: Chromium at 250/50 kbit/s, 400 ms and a fourth of the processor, measured by
`pageweight.js` of the folder shared beside the repository (or where TRENZA_SHARED says).

What it needs of Node is installed once into `var/`.
"""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.browser import HELP, find_browser
from trenza.settings import environment

NODE_PACKAGES = ("playwright-core", "ws")
_PATIENCE = 300


@dataclass(frozen=True)
class Load:
    """One load of a page. Bytes are those on the wire, with headers, of the page and of its workers."""

    ready_ms: float
    requests: int
    bytes: int
    script_bytes: int

    @property
    def words(self) -> str:
        """What was asked for before the page could be used."""
        return f"{self.requests} request{'s' * (self.requests != 1)}, {self.bytes:,} bytes at ready"


@dataclass(frozen=True)
class Loads:
    """The page for the first time, once more in a new tab, and with the line cut (None: not asked for)."""

    cold: Load
    warm: Load
    offline: Load | None


def shared() -> Path:
    """The folder shared beside the repository."""
    return Path(environment.text("TRENZA_SHARED", str(environment.REPOSITORY.parent / "shared")))


def load(
    url: str,
    ready: str,
    *,
    offline: bool = False,
    cpu: int = 4,
    steps: list[dict[str, Any]] | None = None,
    runs: int = 1,
) -> Loads:
    """Load `url` until the CSS selector `ready` shows. `steps` sign in first, on a fast line (see pageweight.js).

    Of several `runs` the median by readiness counts.

    Raises:
        RuntimeError: a tool is missing, or the page never became ready.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [_tool("node"), str(_script()), "--url", url, "--ready", ready, "--cpu", str(cpu)]
        command += [
            "--chrome",
            _browser(),
            "--runs",
            str(runs),
            "--settle",
            "20000",
            *(["--offline"] if offline else []),
        ]
        if steps:
            (Path(folder) / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
            command += ["--login", f"{folder}/steps.json"]
        done = subprocess.run(
            command,
            env={**os.environ, "NODE_PATH": str(_packages())},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
        )
    if done.returncode:
        raise RuntimeError(f"pageweight.js: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)["loads"]
    return Loads(_median(found, "cold"), _median(found, "warm"), _median(found, "offline") if offline else None)


def _median(loads: list[dict[str, Any]], label: str) -> Load:
    some = [each for each in loads if each["label"] == label]
    failed = [each for each in some if not each["ready_ok"]]
    if failed or not some:
        raise RuntimeError(f"the page never became ready ({label}): {json.dumps(failed)[:1000]}")
    middle = sorted(some, key=lambda each: each["ready_ms"])[len(some) // 2]
    at_ready = middle["at_ready"]
    return Load(middle["ready_ms"], at_ready["requests"], at_ready["bytes"], at_ready["js_bytes"])


def _script() -> Path:
    script = shared() / "tools" / "pageweight.js"
    if not script.is_file():
        raise RuntimeError(f"{script} is not there: name the shared folder in TRENZA_SHARED")
    return script


def _packages() -> Path:
    """Where Node finds what the script needs."""
    folder = environment.REPOSITORY / "var" / "bench-node"
    if not all((folder / "node_modules" / name).is_dir() for name in NODE_PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"]
        subprocess.run([_tool("npm"), "install", *quiet, "--prefix", str(folder), *NODE_PACKAGES], check=True)
    return folder / "node_modules"


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not installed")
    return found


def _browser() -> str:
    found = find_browser()
    if found is None:
        raise RuntimeError(HELP)
    return str(found)
