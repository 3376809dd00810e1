"""A real SMS gateway for a while: Debian's Kannel, and behind it a telephone network of one process (tests only).

Kannel's own fake network listens on every address of a machine; here Kannel speaks SMPP to a server of ours, so that
nothing listens but on loopback.
"""

import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools import debian

HELP: Final = "Kannel (bearerbox and smsbox) is not here and cannot be installed: apt-get install kannel"
USER, PASSWORD = "trenza", "only-for-tests"
SECONDS_TO_START = 8
_BIND, _SUBMIT, _ENQUIRE = 0x00000009, 0x00000004, 0x00000015
_RESPONSE = 0x80000000
_UCS2: Final = 8
# Debian starts a service of the package; its configuration is not ours, so we use the programs alone.
PROGRAMS = (Path("/usr/sbin/bearerbox"), Path("/usr/sbin/smsbox"))


class NoGateway(Exception):
    """Kannel is not here or does not start; the message says what to do."""


@dataclass
class Network:
    """What phones have received: number and text, in order."""

    received: list[tuple[str, str]] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, count: int = 1, seconds: float = 5) -> list[tuple[str, str]]:
        """What has arrived once there are `count`, or after so many seconds."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.received) >= count, seconds)
            return list(self.received)


@contextmanager
def running_gateway() -> Iterator[tuple[str, Network]]:
    """Yield the address of `sendsms` and the network behind it.

    Raises:
        NoGateway: it is not installed, or does not start.
    """
    if not all(map(Path.exists, PROGRAMS)) and not (debian.can_install() and debian.install("kannel")):
        raise NoGateway(HELP)
    folder = Path(tempfile.mkdtemp(prefix="trenza-kannel-"))
    network = Network()
    boxes: list[subprocess.Popen[bytes]] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, network), daemon=True).start()
        try:
            admin, between, port = (_free_port() for _ in range(3))
            configuration = folder / "kannel.conf"
            configuration.write_text(_CONFIGURATION.format(
                admin=admin, between=between, sendsms=port, smpp=listener.getsockname()[1], user=USER, password=PASSWORD
            ))  # fmt: skip
            for program, listens in zip(PROGRAMS, (between, port), strict=True):
                with (folder / f"{program.name}.log").open("wb") as log:
                    command = [str(program), "-v", "1", str(configuration)]
                    boxes.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))
                _wait_until_open(listens, boxes[-1])
            yield f"http://127.0.0.1:{port}/cgi-bin/sendsms", network
        finally:
            for box in reversed(boxes):
                box.kill()
                box.wait()
            shutil.rmtree(folder, ignore_errors=True)


_CONFIGURATION = """group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {password}
smsbox-port = {between}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"

group = smsc
smsc = smpp
smsc-id = tests
host = 127.0.0.1
port = {smpp}
smsc-username = kannel
smsc-password = kannel
system-type = ""
transceiver-mode = true
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {user}
password = {password}
concatenation = true
max-messages = 3

group = sms-service
keyword = default
text = ""
max-messages = 0
"""


def _serve(listener: socket.socket, network: Network) -> None:
    with suppress(OSError):
        line, _address = listener.accept()
        with line:
            while head := _read(line, 16):
                length, command, _status, number = struct.unpack(">IIII", head)
                body = _read(line, length - 16)
                if command == _SUBMIT:
                    with network.arrived:
                        network.received.append(_submitted(body))
                        network.arrived.notify_all()
                if command in (_BIND, _SUBMIT, _ENQUIRE):
                    said = b"" if command == _ENQUIRE else b"tests\0"
                    line.sendall(struct.pack(">IIII", 16 + len(said), command | _RESPONSE, 0, number) + said)


def _submitted(body: bytes) -> tuple[str, str]:
    """Destination and text of a submit_sm (SMPP 3.4, 4.4.1)."""
    _service, rest = body.split(b"\0", 1)
    _source, rest = rest[2:].split(b"\0", 1)
    to, rest = rest[2:].split(b"\0", 1)
    _schedule, rest = rest[3:].split(b"\0", 1)
    _validity, rest = rest.split(b"\0", 1)
    coding, length = rest[2], rest[4]
    text = rest[5 : 5 + length]
    return to.decode(), text.decode("utf-16-be" if coding == _UCS2 else "ascii")


def _read(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = line.recv(size - len(found))
        if not more:
            return b""
        found += more
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_open(port: int, box: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends and box.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise NoGateway("Kannel is installed here, and does not start.")
