"""`trenza backup`, `trenza restore`, `trenza backup-key`: everything of an installation in one encrypted file."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from trenza.core import backup as backups

FOLDER_OR_FILE = click.Path(path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def said(command: Callable[..., None]) -> Callable[..., None]:
    """What cannot be done is said in a sentence, with exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except backups.BackupError as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


@click.command("backup-key")
@click.argument("file", type=FILE)
@said
def backup_key(file: Path) -> None:
    """Make a pair of keys: the secret one goes into FILE, the public one is printed.

    Keep FILE away from the server: who has it reads every backup, and without it nobody does.
    """
    identity = backups.Identity.generate()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
            written.write(f"# public key: {identity.to_public()}\n{identity}\n")
    except OSError as error:
        raise backups.BackupError(f"{file} cannot be made: {error.strerror}.") from None
    click.echo(identity.to_public())


@click.command()
@click.argument("destination", type=FOLDER_OR_FILE)
@click.option("--recipient", "recipients", multiple=True, help="Lock it for this public key (age1…); repeatable.")
@click.option("--recipients-file", type=FILE, help="Lock it for the public keys in this file, one a line.")
@click.option("--keep", type=click.IntRange(min=1), help="Keep so many of this server's in the folder; remove older.")
@click.option("--verify", is_flag=True, help="Read all of it back, decrypt and count it.")
@said
def backup(
    destination: Path, recipients: tuple[str, ...], recipients_file: Path | None, keep: int | None, verify: bool
) -> None:
    """Back up database, files and keys into DESTINATION, a folder or a new file, while people work.

    It is locked for the public keys of the options, else of TRENZA_BACKUP_RECIPIENTS, else with the passphrase in
    TRENZA_BACKUP_PASSPHRASE, else with one that is asked for.
    """
    keys = [*recipients, *_lines(recipients_file)] or settings.BACKUP_RECIPIENTS
    if keep and destination.suffix == backups.SUFFIX:
        raise backups.BackupError("--keep needs a folder, not a file.")
    made = backups.make_backup(
        destination,
        recipients=[backups.recipient(key) for key in keys],
        passphrase="" if keys else _passphrase(confirm=True),
        keep=keep,
        verify=verify,
    )
    proven = "read back whole" if verify else "read back byte for byte"
    click.echo(f"{made.path}: {made.bytes} bytes, {made.entries} entries, {made.files} files; {proven}.")
    for old in made.removed:
        click.echo(f"removed {old.name}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--identity", "identity", type=FILE, help="The file with the secret key.")
@click.option("--check", is_flag=True, help="Read all of it and say what is in it; restore nothing.")
@click.option("--replace", is_flag=True, help="Take the place of the system that is here, which is kept aside.")
@click.option("--other-system", is_flag=True, help="With --replace: also of one that it is no backup of.")
@said
def restore(file: Path, identity: Path | None, check: bool, replace: bool, other_system: bool) -> None:
    """Restore the backup FILE into an empty installation. Stop the web and worker processes first.

    Everything is proven before anything changes. The server takes a new device, and everybody signs in anew.
    """
    line = backups.peek(file)
    if identity:
        identities: Sequence[backups.Identity] = backups.read_identities(identity)
    elif line.wrapped:
        identities = [backups.unwrap(line, _passphrase(confirm=False))]
    else:
        raise backups.WrongKey("It is locked for a key: name the file with the secret one, --identity FILE.")
    if check:
        click.echo(described(backups.examine(file, identities)))
        click.echo("It is whole.")
        return
    restored = backups.restore_backup(file, identities, replace=replace, other_system=other_system)
    click.echo(described(restored.manifest))
    click.echo(f"Restored into {settings.HOME}, under a new device of this server. Everybody signs in anew.")
    for kept in restored.kept:
        click.echo(f"What was here is kept as {kept}; delete it when you no longer need it.")
    if restored.other_secret_key:
        click.echo(
            "TRENZA_SECRET_KEY is not the one of then: links that were signed with that no longer hold, and what "
            "phones send cannot be opened. Set the one of then, or let everybody register her phone anew."
        )
    click.echo("Next: trenza journal check, trenza doctor, then start Trenza.")


def described(manifest: backups.Manifest) -> str:
    """What a backup holds, without a name."""
    newest = dict(manifest.migrations)
    return "\n".join(
        [
            f"made           {manifest.made_at} by Trenza {manifest.trenza} on {manifest.engine}",
            f"system         {manifest.system}",
            f"device         {manifest.device}",
            f"entries        {manifest.position}",
            f"tables         {len(manifest.tables)} with {sum(manifest.rows)} rows",
            f"files          {len(manifest.files)} with {sum(size for _, size in manifest.files)} bytes",
            f"schema         core {newest.get('core', '-')}, {len(manifest.migrations)} migrations",
        ]
    )


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
    except (OSError, UnicodeDecodeError):
        raise backups.BackupError(f"{file} cannot be read.") from None
    return [line for line in lines if line and not line.startswith("#")]


def _passphrase(*, confirm: bool) -> str:
    if settings.BACKUP_PASSPHRASE:
        return str(settings.BACKUP_PASSPHRASE)
    if not sys.stdin.isatty():
        raise backups.BackupError(
            "Nobody is here to type a passphrase. Name a public key: --recipient age1… or TRENZA_BACKUP_RECIPIENTS "
            "(`trenza backup-key FILE` makes one), or set TRENZA_BACKUP_PASSPHRASE."
        )
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))
