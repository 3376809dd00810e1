"""`trenza hub`: a centre's hub and its cell (docs/hub-protocol.md)."""

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import click

from trenza.apps.places.api import Centre, open_centres
from trenza.apps.sync import api as sync
from trenza.cli.hub_certificates import certificates
from trenza.cli.hub_serving import serve
from trenza.cli.hub_setup import setup
from trenza.cli.visiting import MEGABYTE, MINUTE, WELL, counted, said, stop_with, told_to_end, visit, visit_each, why
from trenza.core import clock, journal

FILE = click.Path(dir_okay=False, path_type=Path)
_DAY: Final = 86_400


@click.group()
def hub() -> None:
    """A hub runs in a centre without internet, and visits its cell when there is some."""


for command in (certificates, serve, setup):
    hub.add_command(command)


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
    click.echo(f"This is the hub of {told.name} now. Go on with: sudo trenza hub sync")


@hub.command("sync")
@click.option("--every", type=click.IntRange(min=1), help="Go on, and visit again after so many minutes.")
@click.option("--budget-mb", type=click.FloatRange(min=0.01), help="At most so many megabytes a day, both ways.")
@said
def sync_(every: int | None, budget_mb: float | None) -> None:
    """Hand on what waits here, and fetch what the cell has for us."""
    if every is not None:
        sync.upstream()
        visit_each(every, budget_mb, told_to_end())
    elif visit(budget_mb).ended not in WELL:
        sys.exit(1)


@hub.command()
@said
def status() -> None:
    """Say what waits here, when the cell was last heard of, and what failed."""
    now = sync.standing()
    click.echo(f"Hub {now.name}, of the cell at {now.url}.")
    click.echo(f"Waiting here: {counted(now.waiting, 'entry', 'entries')}, {counted(now.records, 'record')} of phones.")
    click.echo(f"Last contact: {_ago(now.seen_at)}.")
    click.echo(f"Today: {now.spent_today / MEGABYTE:.2f} MB.")
    for sentence in name_and_clock(heard=now.seen_at is not None):
        click.echo(sentence)
    if now.failure:
        click.echo(f"The last try, {_ago(now.failed_at)}, failed. {why(now.failure)}")
    if now.revoked_at:
        click.echo("The office has revoked this hub. What it hands on is held until somebody has looked at it.")
    for (state, reason), number in now.not_taken.items():
        click.echo(f"{state.capitalize()} at the cell: {number} ({reason.replace('_', ' ')}). The office sees them.")


# --- On the cell ---


@hub.command()
@click.argument("centre")
@click.argument("name")
@said
def code(centre: str, name: str) -> None:
    """On the cell: a code by which one hub may be paired for CENTRE (its code, as the office shows it) within the
    hour."""
    click.echo(sync.open_pairing(centre=_centre(centre), name=name, by=None).code)


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
        click.echo(f"{counted(back.pages, 'page')} of rows put in place.")
        if back.revoked:
            click.echo("The office has revoked this hub.")
        return
    handed = sync.import_from_hub(content)
    kept = f", {handed.not_taken} held or refused" if handed.not_taken else ""
    click.echo(f"{handed.hub.name}: {counted(handed.messages, 'message')} taken in{kept}.")
    click.echo(f'Answer with: trenza hub export FILE --for "{handed.hub.name}"')


def name_and_clock(*, heard: bool) -> Iterator[str]:
    """How phones find this hub, and what its clock is worth."""
    host, chain, reading = sync.own_name(), sync.own_chain(), sync.read_clock()
    if not host:
        why = "the cell has no domain for hubs" if heard else "it comes with the first visit"
        yield f"This hub has no name: {why}. Phones get pages, without a safe connection."
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


def _centre(code: str) -> UUID:
    found = Centre.objects.filter(code=code, closed_at=None).first()
    if found is None:
        known = ", ".join(sorted(open_centres().values_list("code", flat=True)[:20]))
        stop_with(f"No open centre has the code {code}. There are: {known or 'none yet; open one in the office'}.")
    centre: UUID = found.pk
    return centre


def _hub(name: str) -> sync.Hub:
    found = sync.Hub.objects.filter(name=name).order_by("-paired_at").first()
    if found is None:
        stop_with(f"No hub is called {name}.")
    return found


def _ago(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    seconds = int((clock.now() - moment).total_seconds())
    for size, word in ((_DAY, "day"), (3_600, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            return f"{counted(seconds // size, word)} ago"
    return "just now"
