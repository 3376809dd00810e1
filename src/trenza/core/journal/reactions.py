"""Reactions: what follows from an entry, at the authority, once.

A cursor only turns entries into task rows, in a transaction of its own; a task's work, the entries it records and
the removal of its row are one transaction, and what it records is numbered from its cause. So a worker may be killed
anywhere: each effect in our database happens exactly once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from trenza.core import clock
from trenza.core.journal import aliases, engines, reading, recording, writing
from trenza.core.journal.kinds import Event, name_of
from trenza.core.journal.lines import Line
from trenza.core.models import Cursor, Device, Task

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
CHUNK = 500
LEASED_AT_ONCE = 20

Run = Callable[[Line], None]
Read = Callable[[Sequence[Line]], Run]
Select = Callable[[Sequence[Line]], Sequence[Line]]


@dataclass(frozen=True)
class Reaction:
    """`select` may leave out entries that cause nothing; it reads in bulk and must not write.

    `read` is given entries that are answered together, and returns what is called for each of them.
    """

    handler: str
    kinds: tuple[type[Event], ...]
    read: Read
    select: Select | None


_reactions: dict[str, Reaction] = {}


def reaction(handler: str, *kinds: type[Event], select: Select | None = None) -> Callable[[Run], Run]:
    """Register `run(line)` to be called once for each entry of these kinds, within an action's transaction.

    It shares the transaction with others; if one of them fails, all are undone and each is called again by itself.
    """

    def register(run: Run) -> Run:
        _register(Reaction(handler, kinds, lambda _: run, select))
        return run

    return register


def bulk_reaction(handler: str, *kinds: type[Event], select: Select | None = None) -> Callable[[Read], Read]:
    """Like `reaction`, for what reads much: `read(lines)` asks once for all and returns the `run` that is called for
    each. What `run` does to one entry may not rest on what it read before the one in front: it looks again."""

    def register(read: Read) -> Read:
        _register(Reaction(handler, kinds, read, select))
        return read

    return register


def _register(each: Reaction) -> None:
    if each.handler in _reactions:
        raise ValueError(f"the handler {each.handler} is declared twice")
    _reactions[each.handler] = each


def all_reactions() -> list[Reaction]:
    """Every reaction by name of its handler."""
    return [_reactions[handler] for handler in sorted(_reactions)]


def work(*, limit: int = 100) -> int:
    """One round of a worker: read on with every cursor, then do up to `limit` tasks. How much it did.

    Nothing on a hub: what follows from an entry follows at the authority of its edition, once.
    """
    if settings.IS_HUB:
        return 0
    return _read_on() + _do_tasks(limit)


def work_until_done() -> None:
    """Work until nothing is due; what failed waits for its next try."""
    while work():
        pass


def _read_on() -> int:
    """Read on with the cursors that are behind; how many entries that were. Those that stand at the same place, as
    nearly all do, read together."""
    cursors = dict(Cursor.objects.values_list("handler", "position"))
    # Read the end after the cursors: an entry committed between the two reads is met now, or next time.
    end = reading.last_position()
    together: dict[int, list[Reaction]] = {}
    for each in all_reactions():
        if cursors.get(each.handler, 0) < end:
            together.setdefault(cursors.get(each.handler, 0), []).append(each)
    _make_cursors([each for readers in together.values() for each in readers if each.handler not in cursors])
    return sum(_read_alone_if_not_together(start, end, readers) for start, readers in sorted(together.items()))


def _read_alone_if_not_together(start: int, end: int, readers: Sequence[Reaction]) -> int:
    """A handler that cannot choose keeps no other from reading on; its error is raised when they have."""
    try:
        return _read_together(start, end, readers)
    except Exception:
        if len(readers) == 1:
            raise
    read, errors = 0, list[Exception]()
    for each in readers:
        try:
            read += _read_together(start, end, [each])
        except Exception as error:  # noqa: BLE001 (raised below)
            errors.append(error)
    if errors:
        raise errors[0]
    return read


def _make_cursors(readers: Sequence[Reaction]) -> None:
    if readers:
        with engines.written_at_once():
            Cursor.objects.bulk_create([Cursor(handler=each.handler) for each in readers], ignore_conflicts=True)


def _read_together(start: int, end: int, readers: Sequence[Reaction]) -> int:
    """Read on from `start`, where all of these stand, at most to `end`.

    What is read and chosen is known before the turn to write, which is then short. It need not wait for the disk: the
    entries are there, and who reads them again after a power cut finds the cursor and the tasks as they were together.
    """
    names = {each.handler: {name_of(kind) for kind in each.kinds} for each in readers}
    lines = reading.after(start, names=set().union(*names.values()), limit=CHUNK)
    upto = lines[-1].position or end if len(lines) == CHUNK else max([end, *(line.position or 0 for line in lines)])
    mine = aliases.resolved(lines) if lines else lines
    chosen: dict[str, Sequence[Line]] = {}
    for each in readers:
        hers = [line for line in mine if line.kind in names[each.handler]]
        chosen[each.handler] = each.select(hers) if each.select and hers else hers
    now = clock.now()
    with engines.written_at_once():
        held = Cursor.objects.select_for_update().filter(handler__in=names, position=start).order_by("handler")
        still = {cursor.handler for cursor in held}  # another worker may have read on meanwhile
        Task.objects.bulk_create(
            [
                Task(handler=handler, position=line.position, run_after=now)
                for handler in sorted(still)
                for line in chosen[handler]
                if line.position
            ],
            ignore_conflicts=True,
        )
        Cursor.objects.filter(handler__in=still).update(position=upto)
    return len(lines)


def _do_tasks(limit: int) -> int:
    done = 0
    devices: dict[str, UUID] = {}
    while done < limit and (tasks := _lease(min(limit - done, LEASED_AT_ONCE))):
        for handler in {task.handler for task in tasks} - devices.keys():
            devices[handler] = handler_device(handler)
        if not _do_together(tasks, devices):
            for task in tasks:
                _do(task, devices)
        done += len(tasks)
    return done


def _lease(limit: int) -> list[Task]:
    """Take due tasks for `LEASE`; a lease that has run out is free again.

    What was tried before is taken alone: if it kills its worker, those behind it lose no try by that.
    """
    now = clock.now()
    due = (
        Task.objects.filter(dead_at=None, run_after__lte=now, handler__in=_reactions)
        .filter(Q(leased_until=None) | Q(leased_until__lt=now))
        .order_by("run_after", "id")
    )
    if not due.exists():
        return []
    with engines.written_at_once():  # a lease that a power cut takes back is free again
        skip_locked = connection.features.has_select_for_update_skip_locked
        found = list(due.select_for_update(skip_locked=skip_locked)[:limit])
        tasks = list(takewhile(lambda task: task.attempts == 0, found)) or found[:1]
        for task in tasks:
            task.leased_until = now + LEASE
            task.attempts += 1
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
    return tasks


def _do_together(tasks: Sequence[Task], devices: Mapping[str, UUID]) -> bool:
    """Do them in one transaction: one commit, one turn at the journal. False, and nothing done, if any fails."""
    try:
        _run(tasks, devices)
    except Exception:  # noqa: BLE001 (each is done again for itself, and the one that fails keeps its error)
        return False
    return True


def _do(task: Task, devices: Mapping[str, UUID]) -> None:
    try:
        _run([task], devices)
    except Exception as error:  # noqa: BLE001 (a handler may fail in any way: its task keeps it, the others go on)
        _fail(task, error)


def _run(tasks: Sequence[Task], devices: Mapping[str, UUID]) -> None:
    """Those of these tasks that are still leased as they were; their work and their end are one transaction."""
    attempts = {task.pk: task.attempts for task in tasks}
    with recording.scope():
        standing = Task.objects.select_for_update().filter(pk__in=attempts).order_by("pk")
        held = [task for task in standing if task.attempts == attempts[task.pk]]
        read = aliases.resolved(reading.at_positions([task.position for task in held]))
        lines = {line.position: line for line in read}
        for handler in dict.fromkeys(task.handler for task in held):
            hers = [lines[task.position] for task in held if task.handler == handler and task.position in lines]
            run = _reactions[handler].read(hers)
            for line in hers:
                with recording.caused_by(recording.Cause(devices[handler], line.position or 0)):
                    run(line)
        Task.objects.filter(pk__in=[task.pk for task in held]).delete()


def _fail(task: Task, error: Exception) -> None:
    """Try again later, further apart each time; in the end the task is dead and shown."""
    now = clock.now()
    dead = task.attempts >= ATTEMPTS
    Task.objects.filter(pk=task.pk, attempts=task.attempts).update(
        leased_until=None,
        run_after=now + timedelta(seconds=2**task.attempts),
        dead_at=now if dead else None,
        error=f"{type(error).__module__}.{type(error).__qualname__}"[:120],
    )


def revive(handler: str | None = None) -> int:
    """Give dead tasks new tries, of one handler or of all; how many is returned."""
    dead = Task.objects.exclude(dead_at=None)
    if handler:
        dead = dead.filter(handler=handler)
    return dead.update(dead_at=None, attempts=0, error="", run_after=clock.now(), leased_until=None)


def handler_device(handler: str) -> UUID:
    """The device under which a handler's entries stand; its row is made where it is missing."""
    device = uuid5(writing.authority_device().uuid, handler)
    writing.ensure_devices([device], kind=Device.Kind.HANDLER)
    return device
