"""What a certificate says: the words are decided by the caller, the page only sets them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal["organiser", "endorser"]

LETTERS_MISSING = 3  # exit code of `python -m trenza.apps.credentials.certificate`


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who stands behind the certificate. An organisation given with both roles is drawn once."""

    name: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The fixed words of the page, in the language of the certificate, not that of whoever prints it.

    Whole sentences, with the date and the hours already written in them.
    """

    awarded_to: str
    completed: str
    issued: str
    verify: str
    qr: str
    organiser: str
    endorser: str
    organiser_and_endorser: str
    demonstration: str
    hours: str = ""

    def role(self, roles: set[Role]) -> str:
        if roles == {"organiser", "endorser"}:
            return self.organiser_and_endorser
        return self.organiser if roles == {"organiser"} else self.endorser


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """Everything that decides the bytes of the PDF.

    `name` is as she writes it. `language` is a BCP 47 tag and is written into the PDF for screen readers.
    `labels` None means the words that `certificate.labels` has for that language.
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
    skills: Sequence[str] = field(default_factory=tuple)
    language: str = "es"
    demonstration: bool = False
    labels: Labels | None = None
