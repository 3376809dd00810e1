"""Why credentials refuses."""

from collections.abc import Sequence

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


class NotSigned(DomainError):
    """Its issuer has not signed it yet, or it was erased: there is nothing to give that others could check."""


class KeyNotReadable(DomainError):
    """The file of a private key is there and cannot be read: another passphrase, no such key, or not for us."""


class SignedAlready(DomainError):
    """The organisation stands behind these words in this edition already."""


class NoKeyHere(DomainError):
    """The organisation has no key here to sign with."""


class NotAnEndorser(DomainError):
    """The credential does not name this organisation among those who endorse it."""


class NotEvidence(DomainError):
    """Too many links, or one without a label, too long, or that does not begin with https://."""


class NothingToCorrect(DomainError):
    """No credential of hers that holds bears another name."""


class TooManyCorrections(DomainError):
    """She has corrected her name as often as she may by herself within a year: the team does it from here."""


class NameOfAnother(DomainError):
    """None of her names is left in it: that is no correction, and the team decides."""


class FileRefused(DomainError):
    """It is no file that is taken here: `.why` is empty, large, kind, or badge (JSON, and no whole badge)."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class TooManyFiles(DomainError):
    """She has handed in as many as are taken."""


class GivenAlready(DomainError):
    """This very file was handed in for this course before."""


class MetAlready(DomainError):
    """The module is met: no certificate is needed any more."""


class NotOfHerTrack(DomainError):
    """The course elsewhere meets no module of her track, or was retired."""


class DecidedAlready(DomainError):
    """Somebody has decided in the meantime."""


class NoReason(DomainError):
    """The reason is missing, or longer than anybody reads."""


class NoDidDocument(DomainError):
    """It is no DID document with a key that we can check, or one of our own: `.why` says which."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class NothingToApply(DomainError):
    """No row of the gradebook completes anything."""


class AppliedAlready(DomainError):
    """The gradebook is being applied."""


class NotTheDocument(DomainError):
    """What was signed is not what was asked for: `.differs` are the places, as `credentialSubject.id`."""

    def __init__(self, differs: Sequence[str]) -> None:
        self.differs = tuple(differs)
        super().__init__(", ".join(differs))


class NotSignedByIt(DomainError):
    """No key of the organisation that we know, and that signs still, signed this document."""


class AlreadySuspended(DomainError):
    """It is suspended, or holds no more."""


class NotSuspended(DomainError):
    """It is not suspended, so there is nothing to lift."""


class IssuingAlready(DomainError):
    """Credentials of the programme are being issued to many now."""


class NothingToIssue(DomainError):
    """Nobody lacks a credential, none waits for a signature, and all bear the words of now."""


class IssuingMovedOn(DomainError):
    """The run was stopped, ended or taken up again in the meantime."""


class KeyInUse(DomainError):
    """This key is registered already, of this organisation or of another."""


class NoSuchKey(DomainError):
    """It is no DID document and no Multikey with an Ed25519 key, or has several."""
