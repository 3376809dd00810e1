"""The outside of a backup: one line in plain text, then an age file (age-encryption.org/v1).

The line says what it is and whose, without a name, so that old ones can be removed by who holds no key. It is repeated
within, where nobody can change it. What follows it is ordinary age: `tail -n +2 FILE | age -d -i KEY` opens it.

The text is locked for the operator's recipients and for a key of this one backup, which lets it be read back at once by
who holds no key, and is then forgotten. With a passphrase that key is kept in the line, itself encrypted (scrypt).
"""

import base64
import binascii
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyrage
from pyrage.x25519 import Identity, Recipient

from trenza.core.backup.errors import BackupError, Damaged, Newer, NotABackup, WrongKey
from trenza.core.backup.frames import FORMAT

__all__ = [
    "Identity", "Line", "Recipient", "read_identities", "read_line", "recipient", "seal", "unseal", "unwrap", "wrap",
    "write_line",
]  # fmt: skip

_BEGINS = b"trenza-backup "
_MOST_LINE = 4_096
_MOST_KEYS = 65_536


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The line in plain text. `wrapped` is the key of this backup under a passphrase, in base64."""

    format: int
    trenza: str
    system: str
    device: str
    made_at: str
    wrapped: str = ""


def write_line(line: Line) -> bytes:
    """The line as it stands in the file."""
    return _BEGINS + msgspec.json.encode(line) + b"\n"


def read_line(file: BinaryIO) -> Line:
    """The first line of a file; it is left at what follows.

    Raises:
        NotABackup: it is no backup of Trenza's.
        Newer: of a format that this program does not know.
        Damaged: the line is cut off.
    """
    first = file.readline(_MOST_LINE)
    if not first.startswith(_BEGINS):
        raise NotABackup("This is no backup of Trenza's. Name a file that `trenza backup` made (it ends in .trenza).")
    try:
        line = msgspec.json.decode(first.removeprefix(_BEGINS), type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Damaged("Its first line cannot be read. Take another copy of this backup, or an older one.") from None
    if line.format > FORMAT:
        raise Newer(f"Trenza {line.trenza} made it, in a newer format than this program reads. Update Trenza first.")
    return line


def recipient(text: str) -> Recipient:
    """A public key (`age1…`).

    Raises:
        BackupError: it is none.
    """
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        message = "is no public key of age: it begins with age1. `trenza backup-key FILE` makes one."
        raise BackupError(f"{text.strip()[:20]}… {message}") from None


def read_identities(path: Path) -> list[Identity]:
    """The secret keys in a file of age's; lines that begin with # are comments.

    Raises:
        WrongKey: it holds none.
    """
    try:
        lines = path.read_bytes()[:_MOST_KEYS].decode().splitlines()
        found = [Identity.from_str(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise WrongKey(f"{path.name} holds no secret key of age (a line that begins with AGE-SECRET-KEY-1).")
    return found


def wrap(identity: Identity, passphrase: str) -> str:
    """A key under a passphrase, for the line. Slow on purpose: guessing shall cost the same for each try."""
    return base64.b64encode(pyrage.passphrase.encrypt(str(identity).encode(), passphrase)).decode()


def unwrap(line: Line, passphrase: str) -> Identity:
    """The key under this passphrase.

    Raises:
        WrongKey: it is another one.
    """
    try:
        return Identity.from_str(pyrage.passphrase.decrypt(base64.b64decode(line.wrapped), passphrase).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, binascii.Error, UnicodeDecodeError):
        raise WrongKey("The passphrase is not the one with which this backup was made.") from None


def seal(chunks: Iterator[bytes], into: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """Encrypt what `chunks` yield. What goes wrong in them is raised as it is."""
    source = _Source(chunks)
    try:
        pyrage.encrypt_io(source, into, list(recipients))
    except (pyrage.EncryptError, OSError):
        if source.error:
            raise source.error from None
        raise


class _Source:
    """Chunks as a file that age reads from; it keeps the error, of which age gives only the words."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._waiting = b""
        self._at = 0
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        while self._at >= len(self._waiting):
            try:
                self._waiting, self._at = next(self._chunks), 0
            except StopIteration:
                return b""
            except Exception as error:
                self.error = error
                raise
        part = self._waiting[self._at : self._at + size]
        self._at += len(part)
        return part


@contextmanager
def unseal(file: BinaryIO, identities: Sequence[Identity]) -> Iterator[BinaryIO]:
    """What follows the line, decrypted as it is read; a thread pushes it through a pipe, never onto the disk.

    Whoever reads to the end knows that nothing was cut off or changed.

    Raises:
        WrongKey: none of these keys opens it.
        Damaged: it is not whole, or was changed.
    """
    reading, writing = os.pipe()
    failure: list[Exception] = []

    def push() -> None:
        try:
            with open(writing, "wb", buffering=2**18) as pipe:  # noqa: PTH123 (a descriptor, not a path)
                pyrage.decrypt_io(file, pipe, list(identities))
        except (pyrage.DecryptError, OSError) as error:
            failure.append(error)

    thread = threading.Thread(target=push, name="decrypting", daemon=True)
    thread.start()
    try:
        with open(reading, "rb", buffering=2**18) as pipe:  # noqa: PTH123 (a descriptor, not a path)
            try:
                yield pipe
            except Damaged:
                # What was read ends early because what is beneath it does: say that instead.
                pipe.close()
                thread.join()
                _complain(failure)
                raise
            rest = pipe.read(1)
    finally:
        thread.join()
    _complain(failure)
    if rest:
        raise Damaged("Something follows its end.")


def _complain(failure: list[Exception]) -> None:
    for error in failure:
        if isinstance(error, BrokenPipeError) or "Broken pipe" in str(error):
            continue
        if "No matching keys" in str(error):
            raise WrongKey("The key does not open this backup: it was locked for another one.") from None
        raise Damaged("It is cut off or was changed. Take another copy of this backup, or an older one.") from None
