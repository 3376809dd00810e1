"""Between two programs on this machine: a relay that counts the bytes of each connection."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

HOST: Final = "127.0.0.1"
_SOME: Final = 65_536


@dataclass
class Relay:
    """`counted` are the bytes of each connection, both ways, heads too."""

    port: int
    counted: list[int] = field(default_factory=list)


@contextmanager
def relay(port: int) -> Iterator[Relay]:
    """In front of `port`."""
    with socket.create_server((HOST, 0)) as listener:
        line = Relay(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, port, line), daemon=True)
        thread.start()
        yield line
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def _accept(listener: socket.socket, port: int, relay: Relay) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        number = len(relay.counted)
        relay.counted.append(0)
        far = socket.create_connection((HOST, port))
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_copy, args=(source, target, relay, number), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket, relay: Relay, number: int) -> None:
    while part := source.recv(_SOME):
        relay.counted[number] += len(part)
        target.sendall(part)
    target.shutdown(socket.SHUT_WR)
