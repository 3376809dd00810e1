"""What is looked after every minute, because no entry says that its time has come: an offer that expires, for one.

A worker calls each registered sweep, and several workers may at once, so a sweep does its work in actions that look
again under their locks. Nothing on a hub: what is decided by the clock is decided at the authority.
"""

import logging
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings

EVERY_SECONDS: Final = 60

_log = logging.getLogger(__name__)
_sweeps: dict[str, Callable[[], int]] = {}


def register_sweep(name: str, run: Callable[[], int]) -> None:
    """Register `run()`, which does what is due and says how much that was. A second of this name is an error."""
    if name in _sweeps:
        raise ValueError(f"the sweep {name} is registered twice")
    _sweeps[name] = run


def sweep() -> int:
    """Do everything that is due, now; how much. What fails is logged by its type and tried again the next time."""
    if settings.IS_HUB:
        return 0
    return sum(_run(name, run) for name, run in sorted(_sweeps.items()))


class Broom:
    """Sweeps once in a minute, however often it is asked."""

    def __init__(self) -> None:
        self._swept = float("-inf")

    def sweep_if_due(self) -> int:
        """Sweep if a minute is over since the last time; how much was done."""
        if time.monotonic() - self._swept < EVERY_SECONDS:
            return 0
        self._swept = time.monotonic()
        return sweep()


def _run(name: str, run: Callable[[], int]) -> int:
    try:
        return run()
    except Exception as error:  # noqa: BLE001 (the others go on; the words of an error may quote a person)
        _log.error("the sweep %s failed: %s", name, type(error).__name__)
        return 0
