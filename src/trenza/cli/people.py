"""`trenza code`: read a sign-in code on a laptop that sends neither mail nor texts."""

import sys

import click

from trenza.apps.people import api as people


@click.command()
@click.argument("address")
def code(address: str) -> None:
    """The newest sign-in code sent to ADDRESS, an e-mail address or a phone number, from this laptop's files."""
    found = people.latest_code(address)
    if found is None:
        click.echo("No code was sent there. Ask for one at /entrar/ first.", err=True)
        sys.exit(1)
    click.echo(found)
