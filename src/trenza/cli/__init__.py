"""The `trenza` command."""

import os

import click
import django

from trenza.cli.courses import course
from trenza.cli.journal import journal
from trenza.cli.people import code
from trenza.cli.serving import migrate, serve, worker


@click.group()
def main() -> None:
    """Run programmes of digital skills, from the call to the job."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
    django.setup()


for command in (code, course, journal, migrate, serve, worker):
    main.add_command(command)
