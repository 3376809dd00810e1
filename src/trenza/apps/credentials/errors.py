"""Why credentials refuses."""

from trenza.core.errors import DomainError


class NotCompleted(DomainError):
    """The track is not completed, so there is nothing to certify."""


class AlreadyRevoked(DomainError):
    """The credential no longer held before."""


class HoldsNoMore(DomainError):
    """The credential was taken back or superseded, so there is nothing to issue anew."""


class NameNotPrintable(DomainError):
    """The name (or a word of the definition) has letters that no font of ours has: `.letters` are those."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(" ".join(f"U+{ord(letter):04X}" for letter in letters))


class NothingToPrint(DomainError):
    """Her name was erased at her wish: the credential can be verified, and printed no more."""


class KeyNotReadable(DomainError):
    """The file of a private key is there and cannot be read: another passphrase, no such key, or not for us."""


class SignedAlready(DomainError):
    """The organisation stands behind these words in this edition already."""


class NoKeyHere(DomainError):
    """The organisation has no key here to sign with."""


class NotAnEndorser(DomainError):
    """The credential does not name this organisation among those who endorse it."""
