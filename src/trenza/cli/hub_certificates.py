"""`trenza hub certificates`: on the cell, certificates for the names of its hubs."""

import sys
from typing import Final

import click
from django.conf import settings

from trenza.apps.sync import api as sync

WRONG: Final = {
    "certifier": "the certifier failed; what it said stands above",
    "unreadable": "the certifier printed no certificates",
    "key": "the certifier printed a certificate for another key",
    "name": "the certifier printed a certificate for another name",
    "order": "the certifier printed certificates that do not follow from each other, the hub's own first",
    "not_in_force": "the certifier printed a certificate that is not in force today",
}


@click.command()
def certificates() -> None:
    """On the cell, each day: have a certificate made for each hub that has none, or one within 30 days of its end."""
    if not settings.HUB_DOMAIN or not settings.HUB_CERTIFIER:
        click.echo("Set TRENZA_HUB_DOMAIN and TRENZA_HUB_CERTIFIER; docs/hub-protocol.md says how.", err=True)
        sys.exit(1)
    sync.name_hubs()
    failed = 0
    for row in sync.due_certificates():
        try:
            chain = sync.certify(row, certifier=settings.HUB_CERTIFIER)
        except sync.NotFor as error:
            failed += 1
            click.echo(f"{row.host}: {WRONG[error.code]}.", err=True)
        else:
            click.echo(f"{row.host}: good until {chain.ends_at:%Y-%m-%d}. It goes down with the next visit.")
    sys.exit(1 if failed else 0)
