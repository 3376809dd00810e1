"""How often one profile may ask: so many at once, then so many a second. Each web process counts for itself."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final
from uuid import UUID

_ROOM: Final = 10_000


class Pace:
    """A bucket for each key: `burst` requests at once, refilled by `per_second`."""

    def __init__(self, *, burst: float, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self._left: OrderedDict[UUID, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def forget(self) -> None:
        """Nobody has asked yet."""
        with self._lock:
            self._left.clear()

    def wait(self, key: UUID) -> int:
        """Seconds to wait before this may be asked; 0: now, and it is counted."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop(key, (self.burst, now))
            left = min(self.burst, left + (now - at) * self.per_second)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            while len(self._left) > _ROOM:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) / self.per_second))
