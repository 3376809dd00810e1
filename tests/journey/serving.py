"""Trenza without made-up people: an empty database, one programme loaded at the command line, served."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journey import running
from tests.journey.running import Demo

PATIENCE = 600  # seconds, for a machine that does much else
COORDINATOR = "coordinadora@trenza.example"
# Who coordinates is appointed, and calls are published, in the office; here it is what the story begins with.
PREPARE = f"""
import django
django.setup()
from trenza.apps.admissions.api import Call, publish_call
from trenza.apps.people.api import grant_role, register_person
from trenza.apps.programmes.api import Programme
programme = Programme.objects.get()
person = register_person(given_name="Ximena", family_name="Rojas", email="{COORDINATOR}", by=None)
grant_role(person=person, role="coordinator", scope_kind="programme", scope=programme.pk, by=None)
for call in Call.objects.filter(edition__demonstration=True):
    publish_call(call=call, by=None)
"""


@contextmanager
def served(home: Path, folder: Path) -> Iterator[Demo]:
    """Load the programme in `folder` into a new database in `home`, with its coordinator and open calls; serve it."""
    demo = prepared(home, folder)
    process = start(demo)
    try:
        yield demo
    finally:
        process.terminate()
        process.wait(timeout=60)


def prepared(home: Path, folder: Path) -> Demo:
    """The same, before it is served."""
    port = running._free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(running.OURS)}
    url = f"http://127.0.0.1:{port}"
    environment |= {"TRENZA_HOME": str(home), "TRENZA_URL": url, "TRENZA_DEMONSTRATION": "1"}
    home.mkdir()
    for words in (("migrate",), ("programme", "load", str(folder))):
        subprocess.run(running._command(*words), env=environment, check=True, capture_output=True, timeout=PATIENCE)
    as_laptop = environment | {"DJANGO_SETTINGS_MODULE": "trenza.settings.laptop"}
    subprocess.run([sys.executable, "-c", PREPARE], env=as_laptop, check=True, capture_output=True, timeout=PATIENCE)
    return Demo(url, environment, home / "output.txt", has_real_course=False)


def start(demo: Demo, *more: str) -> subprocess.Popen[bytes]:
    """Serve it, in a group of processes of its own, and wait until it answers."""
    command = running._command("serve", "--port", demo.url.rsplit(":", 1)[1], *more)
    with demo.output.open("ab") as output:
        process = subprocess.Popen(
            command, env=demo.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    running._wait(demo, process)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """All its processes at once, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=60)


def export(demo: Demo, code: str) -> str:
    """What `trenza programme export` prints."""
    words = running._command("programme", "export", code)
    done = subprocess.run(words, env=demo.environment, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout
