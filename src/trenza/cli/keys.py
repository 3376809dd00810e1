"""`trenza keys`: with what organisations sign credentials. Their private halves lie in files, and in no database."""

import sys

import click

from trenza.apps.credentials import api as credentials
from trenza.apps.programmes.api import Organisation


@click.group()
def keys() -> None:
    """The keys with which organisations sign credentials and endorse them."""


@keys.command()
@click.argument("programme")
@click.argument("organisation")
def create(programme: str, organisation: str) -> None:
    """Make a key for ORGANISATION of PROGRAMME (their codes). The one before is retired; what it signed stays true."""
    found = _organisation(programme, organisation)
    row = credentials.create_key(organisation=found)
    click.echo(f"Made {credentials.did_of(found)}#{row.name}")
    click.echo(f"Private half: {credentials.path_of(found, row.name)}")
    click.echo("Keep a copy of this file where nothing else of this installation is. Without it nothing more is")
    click.echo("signed; who has it can sign in the name of the organisation.")


@keys.command("list")
def list_all() -> None:
    """Every key, and whether it signs here."""
    for row in credentials.IssuerKey.objects.select_related("organisation__programme"):
        state = "distrusted" if row.distrusted_at else "retired" if row.retired_at else "signs"
        here = "here" if credentials.path_of(row.organisation, row.name).is_file() else "not here"
        click.echo(f"{credentials.did_of(row.organisation)}#{row.name}  {row.created_at:%Y-%m-%d}  {state}, {here}")


@keys.command()
@click.argument("key")
@click.confirmation_option(prompt="Nothing that this key signed will be believed any more. Go on?")
def distrust(key: str) -> None:
    """Say that KEY (did:web:…#name) came into other hands. Make another first: what it signed is then signed anew."""
    did, _, name = key.partition("#")
    rows = credentials.IssuerKey.objects.select_related("organisation__programme").filter(name=name)
    found = next((row for row in rows if credentials.did_of(row.organisation) == did), None)
    if found is None:
        click.echo(f"There is no key {key} here. `trenza keys list` shows them.", err=True)
        sys.exit(1)
    waiting = credentials.distrust_key(key=found)
    click.echo(f"{key} is trusted no more. To be signed anew: {waiting} credentials; a worker does so by itself.")


def _organisation(programme: str, code: str) -> Organisation:
    found = Organisation.objects.current().select_related("programme").filter(programme__code=programme)
    row = found.filter(code=code).first()
    if row is None:
        known = ", ".join(each.code for each in found) or "none: load its definition first"
        click.echo(f'There is no organisation "{code}" in "{programme}". There are: {known}.', err=True)
        sys.exit(1)
    return row
