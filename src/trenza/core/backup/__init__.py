"""Backup and restore of a whole installation: database, files and keys, in one encrypted file (docs/decisions/0012)."""

from trenza.core.backup.envelope import Identity, Line, Recipient, read_identities, recipient, unwrap
from trenza.core.backup.errors import (
    BackupError,
    Damaged,
    Foreign,
    InUse,
    Newer,
    NoRoom,
    NotABackup,
    NotEmpty,
    Unlike,
    WrongKey,
)
from trenza.core.backup.frames import Manifest
from trenza.core.backup.making import SUFFIX, Made, make_backup
from trenza.core.backup.reading import examine, peek
from trenza.core.backup.record import Last, last
from trenza.core.backup.restoring import Restored, restore_backup

__all__ = [
    "SUFFIX", "BackupError", "Damaged", "Foreign", "Identity", "InUse", "Last", "Line", "Made", "Manifest", "Newer",
    "NoRoom", "NotABackup", "NotEmpty", "Recipient", "Restored", "Unlike", "WrongKey", "examine", "last", "make_backup",
    "peek", "read_identities", "recipient", "restore_backup", "unwrap",
]  # fmt: skip
