"""Visits to the cell, as the commands of a hub make them; and how they say what went wrong."""

import signal
import sys
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from threading import Event
from types import FrameType
from typing import Any, Final, NoReturn

import click
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from trenza.apps.sync import api as sync
from trenza.core.errors import DomainError

MEGABYTE: Final = 1_000_000
MINUTE: Final = 60
WELL: Final = frozenset({"done", "budget"})

SAID: Final[dict[type[DomainError], str]] = {
    sync.NotPaired: "This is no hub yet. Ask the office for a code, then: sudo trenza hub pair URL CODE",
    sync.AlreadyPaired: (
        "This hub has a cell already. For another pairing its office takes its access away; then: sudo trenza hub sync"
    ),
    sync.KeyLost: "TRENZA_SECRET_KEY is not the one of then. Put it back, or pair this hub anew.",
    sync.Busy: "Another process of this hub is visiting the cell just now.",
    sync.NotForUs: "This file is not for us, or it was changed on its way. Nothing was taken from it.",
    sync.CentreHasHub: "This centre has a hub. Revoke it first.",
    sync.AlreadyRevoked: "It was revoked before.",
}
WHY: Final = {
    "unreachable": "The cell cannot be reached: no network, or it is down.",
    "clock": "By this computer's clock the cell's certificate is not valid. Is the clock right? Set it, and try again.",
    "certificate": "What answered has no certificate that this computer trusts: a Wi-Fi that wants you to sign in?",
    "timeout": "The cell did not answer in time.",
    "address": "The address must be the cell's, and begin with https://.",
    "code": "The code is not valid: it stands for an hour and for one hub. Ask the office for another one.",
    "centre_has_hub": "The centre has a hub already. Its office must revoke it first.",
    "token": "The cell does not know this hub. Pair it anew.",
    "proof": "The cell does not believe that it is this hub. Pair it anew.",
    "not_the_cell": "Something else answered in the cell's place: a Wi-Fi that wants you to sign in?",
    "too_often": "The cell asks to wait.",
    "database": "The cell is busy; it asks to wait.",
    "secret_lost": "The cell has lost its keys; its office knows what to do.",
    "too_large": "The cell finds even the smallest message too large.",
    "version": "The cell speaks another version. Update this hub.",
    "rows": "What the cell says of its rows could not be put in place; the log says why. Update this hub.",
}


def said(command: Callable[..., None]) -> Callable[..., None]:
    """What cannot be done is said in a sentence, with exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except sync.LineError as error:
            stop_with(why(error.code))
        except tuple(SAID) as error:
            stop_with(SAID[type(error)])
        except OSError as error:  # a stick that is full has no name in it
            stop_with(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.")
        except (OperationalError, ProgrammingError):
            if not _tables_wait():
                raise
            stop_with("The database has no tables yet, or older ones. Make them: sudo trenza migrate")

    return run


def _tables_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def visit_each(every: int, budget_mb: float | None, ended: Event) -> None:
    """Visit each so many minutes until `ended`; later where the cell asks for that."""
    pause = 0
    while not ended.wait(pause):
        pause = every * MINUTE
        try:
            pause = max(pause, visit(budget_mb).retry_after)
        except sync.LineError as error:
            click.echo(why(error.code), err=True)
        except tuple(SAID) as error:
            click.echo(SAID[type(error)], err=True)
        connection.close()


def visit(budget_mb: float | None) -> sync.Visit:
    """One visit, and in words what it came to."""
    budget = None if budget_mb is None else int(budget_mb * MEGABYTE)
    row = sync.upstream()
    with closing(sync.HttpLine(row.url, sync.token_of(row))) as line:
        done = sync.visit(line, budget=budget)
    now = sync.standing()
    click.echo(f"{done.used / 1_000:.1f} KB; {counted(now.waiting + now.records, 'thing')} still waiting here.")
    if done.ended == "budget":
        click.echo("The megabytes of today are spent; the rest goes tomorrow.")
    elif done.ended == "revoked":
        click.echo("The office has revoked this hub. What it handed on is held there.", err=True)
    elif done.ended not in WELL:
        click.echo(why(done.ended), err=True)
    return done


def why(code: str) -> str:
    """What went wrong, for whoever looks after the hub."""
    return WHY.get(code, f"The cell answered: {code}.")


def told_to_end() -> Event:
    """Set once somebody asks this process to end; a visit that has begun goes on to its end."""
    ended = Event()

    def stop(_: int, __: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return ended


def stop_with(sentence: str) -> NoReturn:
    """Say why not, and end with 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
