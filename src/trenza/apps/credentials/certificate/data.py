"""What a certificate says: the words are decided by the caller, the page only sets them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal["organiser", "endorser"]

BADGE = "badge"  # an argument, and
LETTERS_MISSING = 3  # an exit code of `python -m trenza.apps.credentials.certificate`


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who stands behind the certificate. An organisation given with both roles is drawn once.

    `logo` is a PNG; without one its initials are drawn.
    """

    name: str
    role: Role
    logo: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs the paper by hand: a position in an organisation, with the name of who holds it where it is given."""

    position: str
    name: str = ""
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The fixed words of the page, in the language of the certificate, not that of whoever prints it.

    Whole sentences, with the date and the hours already written in them. `link` and `offline` name the two QR codes,
    `…_how` says what to do with them, `…_qr` is read aloud in their place.
    """

    awarded_to: str
    completed: str
    issued: str
    link: str
    link_how: str
    link_qr: str
    offline: str
    offline_how: str
    offline_qr: str
    attached: str
    organiser: str
    endorser: str
    organiser_and_endorser: str
    demonstration: str
    until: str = ""
    hours: str = ""

    def role(self, roles: set[Role]) -> str:
        if roles == {"organiser", "endorser"}:
            return self.organiser_and_endorser
        return self.organiser if roles == {"organiser"} else self.endorser


@dataclass(frozen=True, kw_only=True)
class BadgeData:
    """What the picture of a badge says: of what was achieved, and never by whom."""

    title: str
    programme: str
    year: int
    language: str = "es"
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """Everything that decides the bytes of the PDF.

    `name` is as she writes it. `language` is a BCP 47 tag and is written into the PDF for screen readers.
    `labels` None means the words that `certificate.labels` has for that language. `document` is the signed credential
    as JSON, attached to the PDF, and `offline` the text of the QR code that is checked without a signal; both are blank
    where it is not signed.
    """

    name: str
    title: str
    text: str
    programme: str
    organisations: Sequence[Organisation]
    issued_on: date
    code: str
    verify_url: str
    hours: int | None = None
    valid_until: date | None = None
    skills: Sequence[str] = field(default_factory=tuple)
    signers: Sequence[Signer] = field(default_factory=tuple)
    language: str = "es"
    demonstration: bool = False
    document: str = ""
    offline: str = ""
    labels: Labels | None = None
