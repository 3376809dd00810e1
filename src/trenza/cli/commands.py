"""Every command of `trenza`."""

from importlib import import_module

import click
from django.apps import apps

from trenza.cli.administrator import administrator
from trenza.cli.backup import backup, backup_key, restore
from trenza.cli.courses import course
from trenza.cli.data import data
from trenza.cli.demo import demo
from trenza.cli.doctor import doctor
from trenza.cli.draws import draw
from trenza.cli.duplicates import duplicates
from trenza.cli.forms import form
from trenza.cli.hub import hub
from trenza.cli.journal import journal
from trenza.cli.people import code
from trenza.cli.programmes import programme
from trenza.cli.serving import migrate, serve, worker
from trenza.cli.simulation import simulate
from trenza.cli.upkeep import clear_sessions, collect_static


@click.group()
def main() -> None:
    """Run programmes of digital skills, from the call to the job."""


for command in (
    code, course, data, demo, draw, duplicates, form, hub, journal, migrate, programme, serve, simulate, worker,
):  # fmt: skip
    main.add_command(command)
for command in (administrator, backup, backup_key, clear_sessions, collect_static, doctor, restore):
    main.add_command(command)
if apps.is_installed("trenza.apps.credentials"):  # a hub leaves certificates to its cell
    main.add_command(import_module("trenza.cli.credentials").credential)
    main.add_command(import_module("trenza.cli.keys").keys)
