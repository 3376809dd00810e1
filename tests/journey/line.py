"""A line between a hub and its cell that a test cuts."""

import select
import socket
import threading
from contextlib import closing, suppress


class Cut:
    """To the cell at `port` of this machine; it ends after so many bytes, both ways. None: it holds."""

    def __init__(self, port: int) -> None:
        self.far, self.passed = port, 0
        self.after: int | None = None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Nobody gets through any more."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join(10)
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with closing(near), suppress(OSError), socket.create_connection(("127.0.0.1", self.far)) as far:
            while ready := select.select([near, far], [], [], 60)[0]:
                for one in ready:
                    some = one.recv(2_048)
                    self.passed += len(some)
                    if not some or (self.after is not None and self.passed > self.after):
                        return
                    (far if one is near else near).sendall(some)
