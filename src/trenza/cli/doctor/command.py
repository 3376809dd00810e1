"""`trenza doctor`: what is wrong, and what to do."""

import os
import sys
from collections.abc import Iterator

import click
import msgspec
from django.conf import settings

from trenza.cli.doctor import database, folders, program, services
from trenza.cli.doctor.finding import Finding, State

_WIDTH = 18


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--send-test", metavar="ADDRESS", help="Also send a mail there.")
def doctor(as_json: bool, send_test: str | None) -> None:
    """Say what is wrong here and what to do about it. Exit code 1 if something must be mended.

    Changes nothing and sends nothing (but for --send-test); prints no name, address or secret.
    """
    found = list(findings())
    if send_test:
        found.append(services.send_test(send_test))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        for each in found:
            click.echo(_line(each))
        click.echo(_summary(found))
    if any(each.state is State.WRONG for each in found):
        sys.exit(1)


def findings() -> Iterator[Finding]:
    """Every check in order; those of the database only where it can be asked."""
    yield from (check() for check in (*program.CHECKS, *folders.CHECKS))
    for check in database.FIRST:
        finding = check()
        yield finding
        if finding.state is State.WRONG:
            break
    else:
        yield from (check() for check in (*database.CHECKS, *services.WITH_DATABASE, *folders.WITH_DATABASE))
    yield from (check() for check in services.CHECKS)


def _line(finding: Finding) -> str:
    marked = f"{finding.state.value:8} {finding.subject:{_WIDTH}} {finding.says}"
    return f"{marked}\n{'':8} {'':{_WIDTH}} -> {finding.remedy}" if finding.remedy else marked


def _summary(found: list[Finding]) -> str:
    count = {state: sum(each.state is state for each in found) for state in State}
    where = f"{os.environ['DJANGO_SETTINGS_MODULE'].rpartition('.')[2]} at {settings.PUBLIC_URL}"
    return f"{count[State.GOOD]} good, {count[State.WARNING]} to look at, {count[State.WRONG]} to mend: {where}"
