"""`trenza credential`: what a credential of Open Badges 3.0 is worth, ours or another's; and certificates on paper."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NoReturn

import click

from trenza.apps.credentials import api as credentials
from trenza.apps.programmes.api import Edition
from trenza.cli.fetching import NotFetched, fetch, is_address

_WORDS: Final = {
    credentials.Verdict.VALID: "valid",
    credentials.Verdict.REVOKED: "revoked: its issuer took it back",
    credentials.Verdict.SUPERSEDED: "superseded: its issuer has another one in its place",
    credentials.Verdict.SUSPENDED: "suspended: do not rely on it now",
    credentials.Verdict.EXPIRED: "expired",
    credentials.Verdict.NOT_YET: "not valid yet",
    credentials.Verdict.ALTERED: "altered: its issuer did not sign this",
    credentials.Verdict.UNKNOWN_ISSUER: "unknown issuer: we do not have the key that it names, so we cannot say",
    credentials.Verdict.UNREADABLE: "unreadable: no credential of Open Badges 3.0, or one in words that we do not know",
}
_STATUS: Final = {
    credentials.StatusKnown.CHECKED: "looked up in its issuer's list",
    credentials.StatusKnown.NOT_AT_HAND: "not known: its list is not at hand, so it may have been revoked",
    credentials.StatusKnown.NONE: "it names no list",
}
_TROUBLE: Final = {
    credentials.Trouble.EMPTY: "the file is empty",
    credentials.Trouble.TOO_LARGE: "the file has more than 5 MB",
    credentials.Trouble.UNKNOWN_KIND: "it is no PDF, PNG, JPEG, WebP, JSON or token",
    credentials.Trouble.BROKEN: "the file is broken, or costs too much to open",
    credentials.Trouble.LOCKED: "the PDF has a password: save it without, and try again",
    credentials.Trouble.NO_CREDENTIAL: "no credential is attached to it: try a photo of its code",
    credentials.Trouble.NO_CODE: "no code of a certificate can be read in it: try a sharper photo, nearer and straight",
    credentials.Trouble.TOO_MANY_PIXELS: "the picture has too many pixels: make it smaller",
    credentials.Trouble.BUSY: "too many files are being read: try again",
}
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


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
@click.argument("file_or_url")
@click.option("--trust", multiple=True, type=_EXISTING, help="A DID document at hand whose issuer you trust.")
@click.option("--status", multiple=True, type=_EXISTING, help="A status list at hand (JSON or a token).")
def verify(file_or_url: str, trust: Sequence[Path], status: Sequence[Path]) -> None:
    """Judge the credential in FILE_OR_URL: JSON, a token (VC-JWT), a PDF, a PNG badge, or a photo of the code.

    Nothing that it names is fetched: neither contexts, nor keys, nor lists. Of others than this installation bring
    what is known, with --trust and --status.

    Exit code 0: valid. 1: it is not. 2: it cannot be said, for its issuer is not known here.
    """
    known = _with_lists(_with_trusted(credentials.known_here(), trust), status)
    try:
        checked = credentials.check_file(_read(file_or_url), known)
    except credentials.NothingFound as nothing:
        _end(f"unreadable: {_TROUBLE[nothing.trouble]}")
    except NotFetched as error:
        _end(str(error))
    for each in checked:
        if each.findings:
            _say(each.findings)
            if each.held and each.held.demonstration:
                click.echo("DEMONSTRATION DATA: nobody earned this.")
        else:
            click.echo(f"A code: look it up at {credentials.verification_url(each.code)}")
    verdicts = [each.findings.verdict for each in checked if each.findings]
    if not verdicts or verdicts[0] is credentials.Verdict.UNKNOWN_ISSUER:
        sys.exit(2)
    sys.exit(0 if verdicts[0] is credentials.Verdict.VALID else 1)


def _read(file_or_url: str) -> bytes:
    if is_address(file_or_url):
        return fetch(file_or_url, most=credentials.MOST_BYTES)
    path = Path(file_or_url)
    if not path.is_file():
        _end(f"There is no file {file_or_url}.")
    with path.open("rb") as file:
        return file.read(credentials.MOST_BYTES + 1)


def _with_trusted(known: credentials.Known, paths: Sequence[Path]) -> credentials.Known:
    """What is trusted here is not changed by what somebody brings."""
    trusted: dict[str, credentials.PublicKey] = {}
    for path in paths:
        found = credentials.keys_of(_document(path))
        if not found:
            _end(f"{path}: no key with which its issuer states things (assertionMethod).")
        trusted |= found
    return replace(
        known,
        method=lambda method: known.method(method) or trusted.get(method),
        keys_of=lambda did: [key for name, key in trusted.items() if name.partition("#")[0] == did],
    )


def _with_lists(known: credentials.Known, paths: Sequence[Path]) -> credentials.Known:
    lists = {}
    for path in paths:
        presented = _presented(path)
        document = presented.document if isinstance(presented, credentials.Token) else presented
        held = credentials.HeldList(presented, datetime.fromtimestamp(path.stat().st_mtime, UTC))
        lists[str(document.get("id"))] = held
    return replace(known, status_list=lambda address: lists.get(address) or known.status_list(address))


def _document(path: Path) -> dict[str, object]:
    try:
        return credentials.read_document(path.read_bytes())
    except credentials.Unreadable as error:
        _end(f"{path} cannot be read: {error}")


def _presented(path: Path) -> credentials.Presented:
    try:
        found = credentials.read_presented(path.read_text(encoding="utf-8"))
    except (credentials.Unreadable, UnicodeDecodeError) as error:
        _end(f"{path} cannot be read: {error}")
    if not isinstance(found, credentials.Token | dict):
        _end(f"{path} is no status list.")
    return found


def _say(findings: credentials.Findings) -> None:
    click.echo(f"Verdict:   {_WORDS[findings.verdict]}")
    if findings.is_whole:
        click.echo("           Nobody changed it since it was signed; but its DID is a key, and says nothing of whose.")
    if findings.issuer or findings.achievement:
        click.echo(f"What:      {findings.achievement}")
        click.echo(f"Whose:     {findings.recipient or 'it bears no name'}")
        click.echo(f"Issuer:    {findings.issuer_name or '?'} ({findings.issuer or '?'})")
        click.echo(f"Since:     {findings.valid_from or 'it does not say'}")
        click.echo(f"Until:     {findings.valid_until or 'for good'}")
        as_it_was = (
            f", as it was at {findings.status_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if findings.status_at else ""
        )
        click.echo(f"Revoked:   {_STATUS[findings.status]}{as_it_was}")
    for each in findings.endorsed:
        click.echo(f"Endorsed:  {each.name} ({each.issuer}): {_WORDS[each.verdict]}")


def _end(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(1)
