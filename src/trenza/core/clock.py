"""The time, which the simulator and tests may set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment in UTC, aware."""
    return _set_to.get() or datetime.now(UTC)


def today(zone: str | ZoneInfo) -> date:
    """Today's date where the person is: `zone` is an IANA name."""
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Within it, `now()` is `to` (aware)."""
    if to.tzinfo is None:
        raise ValueError("travel() needs an aware moment")
    token = _set_to.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
