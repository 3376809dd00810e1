"""On the hub: visit the cell until nothing waits on either side, or the day's bytes are spent."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import F

from trenza.apps.sync.hub import messages, sending
from trenza.apps.sync.hub.clock import note_clock
from trenza.apps.sync.hub.errors import Busy, LineError
from trenza.apps.sync.hub.line import Line
from trenza.apps.sync.hub.messages import Answer
from trenza.apps.sync.hub.upstream import secret_of, upstream
from trenza.apps.sync.models import Upstream
from trenza.apps.sync.wire import TooLarge, Unreadable
from trenza.core import clock, journal
from trenza.core.journal import action

_log = logging.getLogger(__name__)
ROWS: Final = "rows"
_WELL: Final = frozenset({"done", "budget", "revoked"})
MOST_ROUNDS: Final = 5_000
LEAST_ENTRIES: Final = 25


@dataclass
class Visit:
    """What a visit came to. `ended` is `done`, `budget`, `revoked`, or the code of what went wrong:
    `rows` could not be put in place, or that of a `LineError`."""

    rounds: int = 0
    pages: int = 0
    used: int = 0
    new_device: bool = False
    ended: str = "done"
    retry_after: int = 0


def visit(line: Line, *, budget: int | None = None) -> Visit:
    """Hand on what waits and put in place what the cell says. What was acknowledged stays so, however it ends.

    `budget` are the bytes that a day (UTC) may cost; a message that has begun is not cut.

    Raises:
        Busy, NotPaired, KeyLost: see there.
    """
    with _alone():
        done = Visit()
        try:
            _go(line, budget, done)
        except LineError as error:
            done.ended, done.retry_after = error.code, error.retry_after
        if done.ended not in _WELL:
            sending.note_failure(code=done.ended)
        return done


def _go(line: Line, budget: int | None, done: Visit) -> None:
    most = sending.MOST_ENTRIES
    while done.rounds < MOST_ROUNDS:
        row = upstream()
        if budget is not None and spent_today(row) >= budget:
            done.ended = "budget"
            return
        composed = sending.compose(row=row, most=most, with_rows=done.ended != ROWS)
        before = line.used
        try:
            answer = _ask(line, row, composed)
        except LineError as error:
            if error.code != "too_large" or most <= LEAST_ENTRIES:
                raise
            most //= 2
            continue
        finally:
            _spend(number=line.used - before)
            done.used += line.used - before
            done.rounds += 1
        moved = sending.note_answer(composed=composed, answer=answer)
        if done.rounds == 1 and line.date is not None:
            note_clock(told_at=line.date, heard_at=clock.now())
        if answer.went_back and not done.new_device:
            journal.renew_authority()
            done.new_device = True
        applied = _put_in_place(answer, done)
        done.pages += applied
        if answer.revoked:
            done.ended = "revoked"
        if not (applied or answer.again or (moved and composed.more)):
            return


def _put_in_place(answer: Answer, done: Visit) -> bool:
    """The page of an answer, if it has one. One that fails is asked for at the next visit; what people did goes on."""
    try:
        return sending.take_page(answer=answer)
    except Exception:  # noqa: BLE001 (whatever an app raises)
        _log.exception("rows of the cell could not be put in place")
        done.ended = ROWS
        return False


def _ask(line: Line, row: Upstream, composed: sending.Composed) -> Answer:
    secret = secret_of(row)
    sent = messages.write(composed.request, hub=row.hub, secret=secret)
    try:
        answer = messages.read(line.ask(sent), Answer, hub=row.hub, secret=secret)
    except (Unreadable, TooLarge):
        raise LineError("not_the_cell") from None
    if answer.batch != composed.request.batch:
        raise LineError("not_the_cell")
    return answer


def spent_today(row: Upstream) -> int:
    """The bytes of this day (UTC), both ways."""
    return row.spent if row.day == clock.now().date() else 0


@action
def _spend(*, number: int) -> None:
    today = clock.now().date()
    if not Upstream.objects.filter(day=today).update(spent=F("spent") + number):
        Upstream.objects.update(day=today, spent=number)


@contextmanager
def _alone() -> Iterator[None]:
    """One visit at a time: two would hand the same on twice, for twice the bytes."""
    folder = Path(settings.PRIVATE_ROOT) / "hub"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "visiting", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield
    finally:
        os.close(descriptor)
