"""`trenza collect-static`, `trenza clear-sessions`: what a server needs now and then."""

import click
from django.conf import settings
from django.core.management import call_command

from trenza.apps.forms.api import sweep_drafts
from trenza.apps.people.api import forget_requests


@click.command("collect-static")
def collect_static() -> None:
    """Put style and script of the pages where a cell serves them from; after each update."""
    if settings.STATIC_ROOT is None:
        click.echo("Nothing to collect: these settings serve them from where they are installed.")
        return
    call_command("collectstatic", interactive=False, verbosity=1)


@click.command("clear-sessions")
def clear_sessions() -> None:
    """Remove from the database sessions that have ended, drafts of applications that nobody went on with, and requests
    to adults that nobody answered."""
    call_command("clearsessions")
    sweep_drafts()
    forget_requests()
