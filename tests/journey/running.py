"""Trenza as a coordinator starts it: `trenza demo` in a process of its own, with a home of its own."""

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

PEOPLE = 14  # in each programme: some numbers of the results can be shown, and some cannot
PATIENCE = 240  # seconds, for a machine that does much else
OURS = ("TRENZA_", "DJANGO_")


@dataclass(frozen=True)
class Demo:
    """A running demonstration: web process, worker process, database, mail in files."""

    url: str
    environment: dict[str, str]
    output: Path
    has_real_course: bool

    def code(self, email: str) -> str:
        """The sign-in code in the newest mail to `email`, read as a coordinator reads it."""
        return _trenza(self.environment, "code", email)

    def mail_to(self, email: str) -> str:
        """The newest mail to `email`, as text. A laptop writes mail to files."""
        found: list[str] = []
        paths = Path(self.environment["TRENZA_HOME"], "mail").glob("*.log")
        for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns):
            for part in path.read_bytes().split(b"-" * 79):
                message = message_from_bytes(part.strip(), policy=policy.default)
                body = message.get_body(("plain",)) if message["To"] == email else None
                found += [body.get_content()] if body else []
        assert found, f"no mail went to {email}"
        return found[-1]

    def check_journal(self) -> str:
        """What `trenza journal check` prints; an error unless the journal is whole."""
        return _trenza(self.environment, "journal", "check")


def prepare_once(folder: Path, shared: Path | None) -> Path:
    """The demonstration's home, made by the first process that asks for it; the others wait. It is for copying."""
    home = folder / "demo-as-made"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            made = folder / "demo-in-the-making"
            _trenza(_environment(made, shared), "demo", "--people", str(PEOPLE), "--prepare-only")
            made.rename(home)
    return home


@contextmanager
def running_demo(home: Path, shared: Path | None) -> Iterator[Demo]:
    """Start the demonstration in `home`, with the real course of `shared` where there is one; stop it at the end."""
    port = _free_port()
    environment = _environment(home, shared)
    demo = Demo(f"http://127.0.0.1:{port}", environment, home / "output.txt", shared is not None)
    command = [*_command("demo"), "--people", str(PEOPLE), "--port", str(port)]
    with demo.output.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(demo, process)
        yield demo
    finally:
        process.terminate()
        process.wait(timeout=60)


def _environment(home: Path, shared: Path | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"TRENZA_HOME": str(home), "TRENZA_SHARED": str(shared or home)}


def _wait(demo: Demo, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(demo.url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"`trenza demo` did not start:\n{demo.output.read_text()}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "trenza.cli", *words]


def _trenza(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        _command(*words), env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
