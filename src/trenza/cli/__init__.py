"""The `trenza` command."""

import os

import click
import django

from trenza.cli.courses import course
from trenza.cli.demo import demo
from trenza.cli.journal import journal
from trenza.cli.people import code
from trenza.cli.programmes import programme
from trenza.cli.serving import migrate, serve, worker
from trenza.cli.simulation import simulate


@click.group()
def main() -> None:
    """Run programmes of digital skills, from the call to the job."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
    django.setup()


for command in (code, course, demo, journal, migrate, programme, serve, simulate, worker):
    main.add_command(command)
