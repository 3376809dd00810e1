"""`trenza journal`: look at the journal and prove it."""

import sys
from uuid import UUID

import click

from trenza.core import journal as core_journal
from trenza.core.models import SetAside, Task


@click.group()
def journal() -> None:
    """The journal: check it, show it, see what could not be applied."""


@journal.command()
def check() -> None:
    """Rebuild the projections and compare; see that each decision has its entry. Exit code 1 names what differs."""
    faults = core_journal.check()
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"{len(faults)} differences.", err=True)
        sys.exit(1)
    click.echo(f"The journal is whole: {core_journal.last_position()} entries, projections equal, decisions witnessed.")


@journal.command()
@click.option("--person", type=click.UUID, help="Only entries about this person.")
@click.option("--after", default=0, show_default=True, help="Only entries after this position.")
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def show(person: UUID | None, after: int, limit: int) -> None:
    """Entries in order of position: position, when, kind, about whom, data."""
    lines = (
        core_journal.about([person], kinds=core_journal.all_kinds()) if person else core_journal.everything(start=after)
    )
    shown = 0
    for line in lines:
        if (line.position or 0) <= after:
            continue
        if shown == limit:
            click.echo(f"… more: --after {after + shown}" if person is None else "… more: raise --limit")
            break
        when = line.happened_at.isoformat(timespec="seconds")
        click.echo(f"{line.position:>8} {when} {line.kind} {line.person or '-'} {line.data.decode()}")
        shown += 1


@journal.command()
def tasks() -> None:
    """Tasks that are waiting, failing or dead."""
    for task in Task.objects.order_by("dead_at", "run_after", "id"):
        state = "dead" if task.dead_at else "failing" if task.error else "waiting"
        click.echo(f"{state:8} {task.handler} for entry {task.position}, {task.attempts} tries {task.error}")
    click.echo(f"{Task.objects.count()} tasks.")


@journal.command()
@click.option("--handler", help="Only those of this handler.")
def revive(handler: str | None) -> None:
    """Give dead tasks new tries."""
    click.echo(f"{core_journal.revive(handler)} tasks revived.")


@journal.command("set-aside")
def set_aside() -> None:
    """Entries that could not be applied, with their reasons (not their content)."""
    for row in SetAside.objects.order_by("id"):
        click.echo(f"{row.state:8} {row.kind} from {row.device} number {row.sequence}: {row.reason}")
    click.echo(f"{SetAside.objects.filter(settled_at=None).count()} entries set aside.")
