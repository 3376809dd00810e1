"""`@action` and `record`: entries are buffered and written as the last statement of the outermost action."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import ParamSpec, TypeVar
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from trenza.core import clock
from trenza.core.errors import NotTheAuthority
from trenza.core.journal import engines, writing
from trenza.core.journal.kinds import Decision, Event, encode, name_of
from trenza.core.journal.lines import Line
from trenza.core.models import Device, Entry

P = ParamSpec("P")
T = TypeVar("T")

ENTRIES_PER_CAUSE = 100


class Cause:
    """The entry that a reaction answers: what it records is numbered from it, so that it is written once."""

    def __init__(self, device: UUID, position: int) -> None:
        self.device = device
        self.next_sequence = position * ENTRIES_PER_CAUSE + 1
        self.end = self.next_sequence + ENTRIES_PER_CAUSE - 1

    def take(self) -> int:
        if self.next_sequence >= self.end:
            raise RuntimeError(f"a reaction may record at most {ENTRIES_PER_CAUSE - 1} entries")
        self.next_sequence += 1
        return self.next_sequence - 1


_buffer: ContextVar[list[Line] | None] = ContextVar("entries of the running action", default=None)
_cause: ContextVar[Cause | None] = ContextVar("the entry being answered", default=None)
_whole: ContextVar[bool] = ContextVar("nothing of this action is undone by itself", default=False)


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a keyword-only function a domain action: atomic, with its entries written last.

    Called within another action it joins it: if it raises, its rows and entries are undone and the outer one may go
    on. The outermost may not run within a transaction of somebody else's, for its entries must be the last statement.
    """
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__qualname__}: an action takes keyword arguments only")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with scope():
            return function(*args, **kwargs)

    return run


def record(
    event: Event,
    *,
    by: UUID | None,
    about: UUID | None,
    edition: UUID | None = None,
    happened_at: datetime | None = None,
    corrects: tuple[UUID, int] | None = None,
    identity: tuple[UUID, int] | None = None,
) -> None:
    """Write an entry with the running action: who (`by`, None is the system), about whom, in which edition.

    `identity` is one of `take_identities`, for a row that must name its entry before this is written.

    Raises:
        RuntimeError: no action is running.
        NotTheAuthority: a decision, on a hub.
    """
    buffer = _buffer.get()
    if buffer is None:
        raise RuntimeError(f"record({name_of(event)}) outside an action")
    if settings.IS_HUB and isinstance(event, Decision):
        raise NotTheAuthority
    cause = _cause.get()
    driver = engines.driver()
    moment = happened_at or clock.now()
    device, sequence = identity or ((cause.device, cause.take()) if cause else (None, None))
    buffer.append(
        Line(
            event=event,
            kind=name_of(event),
            data=encode(event),
            person=about,
            by=by,
            edition=edition,
            happened_at=moment,
            moment=moment,
            db_person=driver.optional(about),
            db_moment=driver.moment(moment),
            device=device,
            sequence=sequence,
            corrects=corrects,
        )
    )


def take_identities(name: str, count: int) -> list[tuple[UUID, int]]:
    """The next `count` identities of a device of this server's own, for entries that the running action records.

    Whoever asks for the same `name` waits until this action ends, so ask late.

    Raises:
        RuntimeError: no action is running.
    """
    buffer = _buffer.get()
    if buffer is None:
        raise RuntimeError(f"take_identities({name}) outside an action")
    device = uuid5(writing.authority_device().uuid, name)
    row = writing.ensure_devices([device], kind=Device.Kind.HANDLER)[device]
    engines.lock_devices([device.int])
    written = Entry.objects.filter(device=row).aggregate(last=Max("sequence"))["last"] or 0
    last = max([written, *(line.sequence or 0 for line in buffer if line.device == device)])
    return [(device, last + n) for n in range(1, count + 1)]


@contextmanager
def caused_by(cause: Cause) -> Iterator[None]:
    """Within it, what is recorded answers `cause`."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def rehearsal() -> Iterator[None]:
    """Carry actions out to look at what comes of them, and take everything back: no row, no entry stays.

    Whoever rehearses holds the turn to write until the end, so it must be short.
    """
    if _buffer.get() is not None:
        raise RuntimeError("an action is no rehearsal")
    token = _buffer.set([])
    try:
        with engines.write_turn(), transaction.atomic(durable=True):
            yield
            transaction.set_rollback(True)
    finally:
        _buffer.reset(token)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Within an action: the actions that it calls here take no savepoint, for nobody goes on after one that raises.

    What they raise must leave the action that is running: Django refuses every further query of it
    (TransactionManagementError).
    """
    token = _whole.set(True)
    try:
        yield
    finally:
        _whole.reset(token)


@contextmanager
def scope() -> Iterator[None]:
    """The transaction of an action, or of reactions."""
    buffer = _buffer.get()
    if buffer is not None:
        mark = len(buffer)
        try:
            with transaction.atomic(savepoint=not _whole.get()):
                yield
        except BaseException:
            del buffer[mark:]
            raise
        return
    lines: list[Line] = []
    token = _buffer.set(lines)
    try:
        with engines.write_turn(), transaction.atomic(durable=True):
            yield
            if lines:
                writing.append(lines)
    finally:
        _buffer.reset(token)
