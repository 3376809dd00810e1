"""`trenza simulate`: synthetic people in a programme."""

import re
import sys

import click

from trenza.apps.programmes import api as programmes
from trenza.cli import simulator
from trenza.core.definition import DefinitionErrors

SCALE = re.compile(r"1:([1-9][0-9]{0,4})")


def _one_in(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    matched = SCALE.fullmatch(value.replace(" ", ""))
    if matched is None:
        raise click.BadParameter("give it as 1:100, for one person in a hundred")
    return int(matched[1])


@click.command()
@click.argument("programme")
@click.option("--scenario", default=simulator.DEMONSTRATION, show_default=True, help="Which of its simulation.toml.")
@click.option("--people", type=click.IntRange(1, 1_000_000), help="How many, in place of what the scenario says.")
@click.option("--scale", "one_in", callback=_one_in, help="Or which part of the scenario's: 1:100.")
@click.option("--seed", default="1", show_default=True, help="The same seed gives the same journal.")
@click.option("--list", "listing", is_flag=True, help="Say what can be simulated, and simulate nothing.")
def simulate(programme: str, scenario: str, people: int | None, one_in: int | None, seed: str, listing: bool) -> None:
    """Let synthetic people live through a scenario of PROGRAMME, to its end or up to now."""
    if people is not None and one_in is not None:
        raise click.UsageError("Give --people or --scale, not both.")
    found = programmes.programmes().filter(code=programme).first()
    if found is None:
        click.echo(f"No programme is called {programme}. Load its definition: trenza programme load DIR", err=True)
        sys.exit(1)
    try:
        if listing:
            _list(found)
            return
        result = simulator.simulate(found, scenario=scenario, people=people, one_in=one_in, seed=seed)
    except simulator.AlreadySimulated:
        click.echo(f"{programme} has the synthetic people of this scenario already; nothing was changed.")
        return
    except simulator.RealPeople:
        click.echo(
            "Real people are registered here, and this scenario is of a real edition: nothing was changed. "
            "Name another, empty folder in TRENZA_HOME.",
            err=True,
        )
        sys.exit(1)
    except (LookupError, DefinitionErrors) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(
        f"{programme}: {result.people} people, {result.awards} awards, {result.enrolments} enrolments, "
        f"{result.entries} entries from their phones."
    )


def _list(programme: programmes.Programme) -> None:
    for scenario in simulator.scenarios_of(programme).values():
        size = f"{scenario.people} people" + (f", 1:{scenario.one_in} of them" if scenario.one_in > 1 else "")
        click.echo(f"{scenario.code}: {scenario.name} (edition {scenario.edition}, {size})")
