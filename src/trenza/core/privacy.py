"""How every model field is classified, and the door through which a person's data are exported and erased."""

from enum import StrEnum


class Privacy(StrEnum):
    """What a field says about a person.

    PLAIN says nothing of a person by itself. PERSONAL identifies or describes her: exported to her, erased on
    request. SENSITIVE could hurt her in wrong hands: the same, and shown only to roles named for it.
    """

    PLAIN = "plain"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


PLAIN, PERSONAL, SENSITIVE = Privacy.PLAIN, Privacy.PERSONAL, Privacy.SENSITIVE
