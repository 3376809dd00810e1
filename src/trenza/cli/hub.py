"""`trenza hub`: a centre's hub and its cell (docs/hub-protocol.md)."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import wraps
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any, Final, NoReturn
from uuid import UUID

import click
from django.db import connection

from trenza.apps.sync import api as sync
from trenza.cli.hub_certificates import certificates
from trenza.core import clock, journal
from trenza.core.errors import DomainError

FILE = click.Path(dir_okay=False, path_type=Path)
MEGABYTE: Final = 1_000_000
_MINUTE: Final = 60
_DAY: Final = 86_400
_WELL: Final = frozenset({"done", "budget"})

SAID: Final[dict[type[DomainError], str]] = {
    sync.NotPaired: "This is no hub yet. Ask the office for a code, then: trenza hub pair URL CODE",
    sync.AlreadyPaired: "This hub has a cell already. Its office must revoke it first; `trenza hub sync` hears of it.",
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
            _stop(why(error.code))
        except tuple(SAID) as error:
            _stop(SAID[type(error)])
        except OSError as error:
            _stop(f"{error.filename}: {error.strerror}.")

    return run


@click.group()
def hub() -> None:
    """A hub runs in a centre without internet, and visits its cell when there is some."""


hub.add_command(certificates)


# --- On the hub ---


@hub.command()
@click.argument("url")
@click.argument("code")
@said
def pair(url: str, code: str) -> None:
    """Make this installation the hub of a centre. URL is the cell's; CODE is from its office."""
    sync.ensure_unpaired()
    with closing(sync.HttpLine(url, b"")) as line:
        told = sync.pair_over(
            line,
            code=code,
            device=journal.own_devices()[0],
            recipient=str(sync.own_identity().to_public()),
            program=sync.program(),
        )
    sync.take_pairing(url=url, told=told)
    click.echo(f"This is the hub of {told.name} now. Go on with: trenza hub sync")


@hub.command("sync")
@click.option("--every", type=click.IntRange(min=1), help="Go on, and visit again after so many minutes.")
@click.option("--budget-mb", type=click.FloatRange(min=0.01), help="At most so many megabytes a day, both ways.")
@said
def visit(every: int | None, budget_mb: float | None) -> None:
    """Hand on what waits here, and fetch what the cell has for us."""
    budget = None if budget_mb is None else int(budget_mb * MEGABYTE)
    if every is None:
        done = _visit(budget)
        if done.ended not in _WELL:
            sys.exit(1)
        return
    ended, pause = _told_to_end(), 0
    while not ended.wait(pause):
        pause = every * _MINUTE
        try:
            pause = max(pause, _visit(budget).retry_after)
        except sync.Busy:
            click.echo(SAID[sync.Busy], err=True)
        connection.close()


@hub.command()
@said
def status() -> None:
    """Say what waits here, when the cell was last heard of, and what failed."""
    now = sync.standing()
    click.echo(f"Hub {now.name}, of the cell at {now.url}.")
    click.echo(
        f"Waiting here: {_counted(now.waiting, 'entry', 'entries')}, {_counted(now.records, 'record')} of phones."
    )
    click.echo(f"Last contact: {_ago(now.seen_at)}.")
    click.echo(f"Today: {now.spent_today / MEGABYTE:.2f} MB.")
    for sentence in name_and_clock():
        click.echo(sentence)
    if now.failure:
        click.echo(f"The last try, {_ago(now.failed_at)}, failed. {why(now.failure)}")
    if now.revoked_at:
        click.echo("The office has revoked this hub. What it hands on is held until somebody has looked at it.")
    for (state, reason), number in now.not_taken.items():
        click.echo(f"{state.capitalize()} at the cell: {number} ({reason.replace('_', ' ')}). The office sees them.")


# --- On the cell ---


@hub.command()
@click.argument("centre", type=click.UUID)
@click.argument("name")
@said
def code(centre: UUID, name: str) -> None:
    """On the cell: a code by which one hub may be paired for CENTRE (its id) within the hour."""
    click.echo(sync.open_pairing(centre=centre, name=name, by=None).code)


@hub.command()
@click.argument("name")
@said
def revoke(name: str) -> None:
    """On the cell: take the access of the hub NAME away. What it brings from now on is held for somebody's look."""
    sync.revoke_hub(hub=_hub(name), by=None)
    click.echo(f"{name} is revoked.")


# --- Where no line is: on both ---


@hub.command("export")
@click.argument("file", type=FILE)
@click.option("--for", "name", help="On the cell: the name of the hub that it is for.")
@said
def export(file: Path, name: str | None) -> None:
    """Write what waits into FILE, locked for the other side alone. It may be carried by anybody, and read twice."""
    content = sync.export_for_cell() if name is None else sync.export_for_hub(hub=_hub(name))
    file.write_bytes(content)
    click.echo(f"{file}: {len(content) / 1_000:.1f} KB. Take it to {'the cell' if name is None else name}.")


@hub.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@said
def import_(file: Path) -> None:
    """Read FILE, which the other side wrote."""
    content = file.read_bytes()
    if sync.is_hub():
        back = sync.import_from_cell(content)
        click.echo(f"{_counted(back.pages, 'page')} of rows put in place.")
        if back.revoked:
            click.echo("The office has revoked this hub.")
        return
    handed = sync.import_from_hub(content)
    kept = f", {handed.not_taken} held or refused" if handed.not_taken else ""
    click.echo(f"{handed.hub.name}: {_counted(handed.messages, 'message')} taken in{kept}.")
    click.echo(f'Answer with: trenza hub export FILE --for "{handed.hub.name}"')


def name_and_clock() -> Iterator[str]:
    """How phones find this hub, and what its clock is worth."""
    host, chain, reading = sync.own_name(), sync.own_chain(), sync.read_clock()
    if not host:
        yield "This hub has no name: the cell has no domain for hubs. Phones get pages, without a safe connection."
    elif chain is None:
        yield f"Name: {host}, without a certificate yet. Phones get pages, without a safe connection."
    elif chain.is_in_force(reading.now):
        yield f"Name: https://{host}, certificate until {chain.ends_at:%Y-%m-%d}."
    else:
        yield f"Name: {host}. Its certificate ended on {chain.ends_at:%Y-%m-%d}: visit the cell, which has a newer one."
    if reading.wrong:
        yield (
            f"THE CLOCK IS WRONG. It shows {reading.shown:%Y-%m-%d %H:%M} UTC, and it must be about"
            f" {reading.now:%Y-%m-%d %H:%M}. Set it: sudo timedatectl set-time '{reading.now:%Y-%m-%d %H:%M}'"
        )


def why(code: str) -> str:
    """What went wrong, for whoever looks after the hub."""
    return WHY.get(code, f"The cell answered: {code}.")


def _visit(budget: int | None) -> sync.Visit:
    row = sync.upstream()
    with closing(sync.HttpLine(row.url, sync.token_of(row))) as line:
        done = sync.visit(line, budget=budget)
    now = sync.standing()
    click.echo(f"{done.used / 1_000:.1f} KB; {_counted(now.waiting + now.records, 'thing')} still waiting here.")
    if done.ended == "budget":
        click.echo("The megabytes of today are spent; the rest goes tomorrow.")
    elif done.ended == "revoked":
        click.echo("The office has revoked this hub. What it handed on is held there.", err=True)
    elif done.ended not in _WELL:
        click.echo(why(done.ended), err=True)
    return done


def _hub(name: str) -> sync.Hub:
    found = sync.Hub.objects.filter(name=name).order_by("-paired_at").first()
    if found is None:
        _stop(f"No hub is called {name}.")
    return found


def _told_to_end() -> Event:
    """Set once somebody asks this process to end; a visit that has begun goes on to its end."""
    ended = Event()

    def stop(_: int, __: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return ended


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _ago(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    seconds = int((clock.now() - moment).total_seconds())
    for size, word in ((_DAY, "day"), (3_600, "hour"), (_MINUTE, "minute")):
        if seconds >= size:
            return f"{_counted(seconds // size, word)} ago"
    return "just now"
