"""`trenza keys`: with what organisations sign credentials. Their private halves lie in files, and in no database."""

import sys
from pathlib import Path

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


@keys.command()
@click.argument("programme")
@click.argument("organisation")
@click.argument("source")
def add(programme: str, organisation: str, source: str) -> None:
    """Register the public half of a key with which ORGANISATION of PROGRAMME signs elsewhere.

    SOURCE is the file of its DID document (JSON), or the key itself as a Multikey (z6Mk…). Nothing is fetched. The one
    before that signs elsewhere is retired; what it signed stays true.
    """
    found = _organisation(programme, organisation)
    public = _public_key(source)
    try:
        row = credentials.add_key(organisation=found, public=public)
    except credentials.NoSuchKey:
        click.echo(f"{source} is no Multikey of an Ed25519 key (z6Mk…), and no file.", err=True)
        sys.exit(1)
    except credentials.KeyInUse:
        click.echo("This key is registered already: `trenza keys list` shows them.", err=True)
        sys.exit(1)
    click.echo(f"Registered {credentials.did_of(found)}#{row.name}")
    click.echo("Proofs name it so as their verificationMethod. Nothing is signed with it here.")


def _public_key(source: str) -> str:
    """The Multikey, or the one key of a DID document."""
    path = Path(source)
    if not path.is_file():
        return source
    try:
        found = credentials.keys_in(credentials.read_document(path.read_bytes()))
    except credentials.Unreadable:
        found = []
    if len(found) != 1:
        click.echo(f"{path} has {len(found)} Ed25519 keys to assert with; give the one that signs as z6Mk….", err=True)
        sys.exit(1)
    return found[0]


@keys.command("list")
def list_all() -> None:
    """Every key, and whether it signs here; and who waits for one."""
    for row in credentials.IssuerKey.objects.select_related("organisation__programme"):
        state = "distrusted" if row.distrusted_at else "retired" if row.retired_at else "signs"
        here = {"here": "here", "unreadable": "here and cannot be read"}.get(credentials.state_of_key(row), "not here")
        click.echo(f"{credentials.did_of(row.organisation)}#{row.name}  {row.created_at:%Y-%m-%d}  {state}, {here}")
    for each in credentials.waiting_for_keys():
        why = "its key cannot be read" if each.unreadable else "its organiser has no key here"
        click.echo(f"{each.programme.code}: {each.count} credentials wait for a signature, for {why}.")


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
