"""`trenza duplicates`: look for people who were entered twice."""

import sys

import click

from trenza.apps.people.api import NoSearchHere, find_duplicates


@click.group()
def duplicates() -> None:
    """Look for people who were entered twice. Nobody is merged: somebody of the office decides about each pair."""


@duplicates.command()
def find() -> None:
    """Compare everybody with everybody, and put the pairs that are new on the office's list. Each night, on a cell."""
    try:
        found = find_duplicates()
    except NoSearchHere:
        click.echo("The search is not installed here. Where this runs from a clone: make install-cell", err=True)
        sys.exit(1)
    click.echo(f"New pairs who may be one person: {found}")
