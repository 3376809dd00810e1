"""What a laptop feels: how long the demonstration takes to start, and how much memory its web process holds."""

import re
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import home, visitors
from bench.figure import Measured, figure
from bench.phone import Phone
from tools.postgresql import free_port
from trenza.apps.credentials.api import Credential
from trenza.cli.demo import STAFF

STARTS = 3
PATIENCE = 120  # seconds


@figure("demo_second_start_s")
def second_start() -> Measured:
    """Seconds from the command of `make demo` to "runs at", on a home that an earlier start prepared. The median."""
    first = home.prepare()
    seconds = []
    for _ in range(STARTS):
        with _demo(free_port()) as (_, taken):
            seconds.append(taken)
    return Measured(statistics.median(seconds), "s", peer=f"the first start took {first:.0f} s, downloads apart")


@figure("laptop_web_process_mb")
def memory() -> Measured:
    """Resident memory of the demo's web process after public pages, the office and a certificate. On Linux."""
    home.prepare()
    port = free_port()
    with _demo(port) as (process, _):
        before = max(resident_mb(each) for each in _web(process.pid))
        with Phone(home.HOST, port) as phone:
            for path in ["/", home.lesson_paths()[0]]:
                _visit(phone, path)
            visitors.sign_in(phone, next(email for role, email, *_ in STAFF if role == "administrator"))
            for path in ["/oficina/", "/oficina/convocatorias/", "/oficina/solicitudes/", "/oficina/personas/"]:
                _visit(phone, path)
        credential = Credential.objects.order_by("id").first()
        if credential is None:
            raise RuntimeError("nobody of the demonstration has a certificate")
        with Phone(home.HOST, port) as phone:
            visitors.sign_in(phone, visitors.address_of(credential.person_id))
            _visit(phone, f"/mis/certificados/{credential.id}/")
        after = max(resident_mb(each) for each in _web(process.pid))
    return Measured(after, "MB", peer=f"{before:.0f} MB when it has started and answered once")


@contextmanager
def _demo(port: int) -> Iterator[tuple["subprocess.Popen[str]", float]]:
    """`trenza demo` on this home; how many seconds it took to say that it runs. Ended by its process id."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [home.COMMAND, "demo", "--port", str(port)], env=home.environment(), stdout=subprocess.PIPE, text=True
    )
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    try:
        assert process.stdout is not None
        if not any("runs at" in line for line in process.stdout):
            raise RuntimeError("the demonstration did not start")
        taken = time.perf_counter() - start
        alarm.cancel()
        yield process, taken
    finally:
        alarm.cancel()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def _visit(phone: Phone, path: str) -> None:
    answer = phone.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered with {answer.status}")


def _web(ancestor: int) -> list[int]:
    """The processes of the web server below `ancestor`."""
    children = [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _parent(entry) == ancestor
    ]
    below = [pid for child in children for pid in [child, *_web(child)]]
    return [pid for pid in below if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()] or below


def _parent(entry: Path) -> int:
    try:
        # After the name in brackets, which may hold anything: state, parent.
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def resident_mb(pid: int) -> float:
    """What a process holds in memory, in MB (10^6 bytes). On Linux."""
    found = re.search(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found.group(1)) * 1024 / 1e6 if found else 0.0
