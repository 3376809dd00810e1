"""`trenza credential`: what a credential of Open Badges 3.0 is worth, ours or another's; and certificates on paper."""

import sys
from pathlib import Path
from typing import Final

import click

from trenza.apps.credentials import api as credentials
from trenza.apps.programmes.api import Edition
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
    """Credentials: see what one is worth, and print those of an edition."""


@credential.command("print")
@click.argument("programme")
@click.argument("edition")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def print_all(programme: str, edition: str, folder: Path) -> None:
    """Write the certificates of an EDITION of PROGRAMME (their codes) into FOLDER, for a ceremony: one PDF each, in the
    order of regions and names."""
    found = Edition.objects.filter(programme__code=programme, code=edition).first()
    if found is None:
        known = ", ".join(Edition.objects.filter(programme__code=programme).values_list("code", flat=True)) or "none"
        click.echo(f'There is no edition "{edition}" in "{programme}". There are: {known}.', err=True)
        sys.exit(1)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written, left_out = 0, []
    certificates = credentials.certificates_to_print(found)
    for each, pdf in zip(certificates, credentials.pdfs_of(certificates), strict=True):
        if pdf is None:
            left_out.append(str(each.pk))
            continue
        written += 1
        (folder / f"{written:05}.pdf").write_bytes(pdf)
    click.echo(f"Written: {written}, into {folder}. They bear names: delete them once they are printed.")
    if left_out:
        click.echo("Left out, for a letter of the name is in no font: " + ", ".join(left_out), err=True)
        sys.exit(1)


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
