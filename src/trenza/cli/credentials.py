"""`trenza credential verify`: what a credential of Open Badges 3.0 is worth, ours or another's."""

import sys
from pathlib import Path
from typing import Final

import click

from trenza.apps.credentials import api as credentials
from trenza.core import clock

_WORDS: Final = {
    credentials.Verdict.VALID: "valid",
    credentials.Verdict.REVOKED: "revoked: its issuer took it back",
    credentials.Verdict.SUSPENDED: "suspended: do not rely on it now",
    credentials.Verdict.EXPIRED: "expired",
    credentials.Verdict.NOT_YET: "not valid yet",
    credentials.Verdict.ALTERED: "altered: its issuer did not sign this",
    credentials.Verdict.UNKNOWN_ISSUER: "unknown issuer: we do not have the key that it names, so we cannot say",
    credentials.Verdict.UNREADABLE: "unreadable: this is no credential of Open Badges 3.0",
}
_STATUS: Final = {
    credentials.StatusKnown.CHECKED: "looked up in its issuer's list",
    credentials.StatusKnown.NOT_AT_HAND: "not known: its list is not at hand, so it may have been revoked",
    credentials.StatusKnown.NONE: "it names no list",
}


@click.group()
def credential() -> None:
    """Credentials: see what one is worth."""


@credential.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Judge the credential in FILE (JSON). Nothing that it names is fetched.

    Exit code 0: valid. 1: it is not. 2: it cannot be said, for its issuer is not known here.
    """
    try:
        document = credentials.read_document(file.read_bytes())
    except credentials.Unreadable:
        click.echo(_WORDS[credentials.Verdict.UNREADABLE], err=True)
        sys.exit(1)
    findings = credentials.verify(document, credentials.known_here(), now=clock.now())
    click.echo(f"Verdict:   {_WORDS[findings.verdict]}")
    if findings.issuer:
        click.echo(f"What:      {findings.achievement}")
        click.echo(f"Issuer:    {findings.issuer_name} ({findings.issuer})")
        click.echo(f"Since:     {findings.valid_from or 'it does not say'}")
        click.echo(f"Revoked:   {_STATUS[findings.status]}")
    for each in findings.endorsed:
        click.echo(f"Endorsed:  {each.name} ({each.issuer}): {_WORDS[each.verdict]}")
    if findings.verdict is credentials.Verdict.UNKNOWN_ISSUER:
        sys.exit(2)
    sys.exit(0 if findings.verdict is credentials.Verdict.VALID else 1)
