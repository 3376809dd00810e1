"""`trenza simulate`: synthetic people in a programme."""

import sys

import click

from trenza.apps.programmes import api as programmes
from trenza.cli import simulator


@click.command()
@click.argument("programme")
@click.option("--people", default=60, show_default=True, help="How many.")
@click.option("--seed", default="1", show_default=True, help="The same seed gives the same journal.")
def simulate(programme: str, people: int, seed: str) -> None:
    """Let synthetic people live through the demonstration edition of PROGRAMME, up to now."""
    found = programmes.programmes().filter(code=programme).first()
    if found is None:
        click.echo(f"No programme is called {programme}. Load its definition: trenza programme load DIR", err=True)
        sys.exit(1)
    if simulator.is_simulated(found):
        click.echo(f"{programme} has its synthetic people already; nothing was changed.")
        return
    try:
        result = simulator.simulate(found, people=people, seed=seed)
    except LookupError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(
        f"{programme}: {result.people} people, {result.awards} awards, {result.enrolments} enrolments, "
        f"{result.entries} entries from their phones."
    )
