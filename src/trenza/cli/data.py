"""`trenza data`: the dated facts about countries."""

import sys
from pathlib import Path

import click
from django.conf import settings

from trenza.core import clock, reference
from trenza.core.definition import render_problems
from trenza.core.reference.checking import MONTHS


@click.group()
def data() -> None:
    """Dated facts about countries: prices of data, ages that the law names, telephone lines that help."""


@data.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--months", type=click.IntRange(1, 240), default=MONTHS, show_default=True, help="How long a fact holds.")
def check(folder: Path | None, months: int) -> None:
    """List everything that is wrong with the files in FOLDER (those in use, if left out), with line and what to do.

    Entries that nobody has looked at for --months are listed too; they are no error.
    """
    found = reference.check(folder or Path(settings.DATA), today=clock.today("UTC"), months=months)
    if found.problems:
        click.echo(render_problems(found.problems))
        click.echo(f"{len(found.problems)} problems.", err=True)
        sys.exit(1)
    for each in found.old:
        click.echo(f"warning: {each}")
    click.echo(f"{found.entries} entries, nothing wrong; {len(found.old)} to look at again.")
