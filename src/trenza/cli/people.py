"""`trenza code`: read a sign-in code on a laptop that sends no mail."""

import sys

import click

from trenza.apps.people import api as people


@click.command()
@click.argument("email")
def code(email: str) -> None:
    """The newest sign-in code sent to EMAIL, from this laptop's file outbox."""
    found = people.latest_code(email)
    if found is None:
        click.echo("No code was sent to that address. Ask for one at /entrar/ first.", err=True)
        sys.exit(1)
    click.echo(found)
