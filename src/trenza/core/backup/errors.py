"""Why something is no backup that can be restored here, in sentences that say what to do."""

from trenza.core.errors import DomainError


class BackupError(DomainError):
    """A backup cannot be made, read or restored. Its text is for the operator; nothing was changed."""


class NotABackup(BackupError):
    """The file is something else."""


class Damaged(BackupError):
    """The file is a backup of ours, and not whole."""


class WrongKey(BackupError):
    """It is locked for another key, or no key was given."""


class Newer(BackupError):
    """A newer program made it."""


class Unlike(BackupError):
    """This program cannot hold what is in it: other apps, or a schema that ours never had."""


class NotEmpty(BackupError):
    """Something stands where it would be restored."""


class Foreign(BackupError):
    """It would replace a system that it is no backup of."""


class InUse(BackupError):
    """Somebody works with the database that would be replaced."""


class NoRoom(BackupError):
    """The disk is too small."""
