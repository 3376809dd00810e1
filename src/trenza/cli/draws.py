"""`trenza draw`: repeat the draw of a call from its replay file. No database is asked."""

import sys
from pathlib import Path

import click

from trenza.apps.admissions import api as admissions


@click.group()
def draw() -> None:
    """Draws of places: repeat one, and see whether it was done as was published."""


@draw.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", help="The hash of the rule that was published before the call opened.")
@click.option("--list", "listed", help="The hash of the list that was published before the seed was known.")
def verify(file: Path, rule: str | None, listed: str | None) -> None:
    """Draw again from FILE and compare every place and result.

    Exit code 0: nothing differs. 1: something does, or FILE is no replay file; each line says what.
    """
    try:
        with file.open("rb") as stream:
            report = admissions.verify_replay(stream)
    except admissions.ReplayNotValid as error:
        click.echo(f"{file}: {error}.", err=True)
        sys.exit(1)
    for name, published, found in (("rule", rule, report.rule_hash), ("list", listed, report.head.list_hash)):
        if published is not None and published.strip().lower() != found:
            report.blame(f"this is another {name} than the one that was published")
    _say(report)
    for fault in report.faults:
        click.echo(f"differs: {fault}", err=True)
    if report.faults:
        sys.exit(1)
    click.echo("Nothing differs: the list, the rule and the seed lead to these results.")


def _say(report: admissions.Report) -> None:
    head = report.head
    click.echo(f"Call:             {head.call}")
    click.echo(f"Rule:             {head.rule.text}")
    click.echo(f"Hash of the rule: {report.rule_hash}")
    click.echo(f"Hash of the list: {head.list_hash} ({head.applications} applications)")
    click.echo(f"Seed, announced:  {head.source}")
    click.echo(f"Seed, typed in:   {head.seed} ({head.seed_source})")
    filled = ", ".join(
        f"{group.code} {n} of {group.seats}" for group, n in zip(head.rule.groups, report.filled, strict=True)
    )
    click.echo(f"Seats given:      {report.reserved} reserved, {report.at_large} at large")
    click.echo(f"Reserved seats:   {filled or 'none'}")
