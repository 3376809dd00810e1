"""The fixed words of a certificate in each language that it is written in.

They are data and not gettext: a certificate keeps its language whoever opens it, and the same certificate printed twice
must be the same bytes.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from trenza.apps.credentials.certificate.data import Labels

MONTHS_ES: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
MONTHS_EN: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def primary_of(language: str) -> str:
    """The language of a BCP 47 tag, without its country: "es" of "es-BO"."""
    return language.split("-")[0]


def country_of(language: str) -> str | None:
    """The country of a BCP 47 tag: "BO" of "es-BO"."""
    return next((part for part in language.split("-")[1:] if re.fullmatch("[A-Z]{2}", part)), None)


def words(language: str, *, issued_on: date, hours: int | None = None, valid_until: date | None = None) -> Labels:
    """The words in a language, by its BCP 47 tag: a region falls back on its language ("es-BO" on "es").

    Raises:
        ValueError: no words have been written in that language yet; pass `labels` in the data.
    """
    written = _WORDS.get(primary_of(language))
    if written is None:
        raise ValueError(f"certificates have no words in {language!r} yet")
    return written(issued_on, hours, valid_until)


def spanish(issued_on: date, hours: int | None, valid_until: date | None) -> Labels:
    """The words in Spanish; they suit everybody, since families and teachers take part too."""
    return Labels(
        awarded_to="Este certificado es de",
        completed="que terminó y aprobó",
        issued=f"Entregado el {_in_spanish(issued_on)}",
        until="" if valid_until is None else f"Vale hasta el {_in_spanish(valid_until)}",
        link="Con internet",
        link_how="Escanéalo con la cámara para ver si es auténtico. Su código:",
        link_qr="Código QR que abre la página donde se comprueba este certificado",
        offline="Sin internet",
        offline_how="Guarda antes esta página en tu teléfono y escanéalo con ella:",
        offline_qr="Código QR con el certificado firmado, para comprobarlo sin internet",
        attached="La credencial firmada, para programas que la comprueban",
        organiser="Organiza",
        endorser="Avala",
        organiser_and_endorser="Organiza y avala",
        demonstration="DATOS DE DEMOSTRACIÓN",
        hours="" if hours is None else "1 hora" if hours == 1 else f"{hours} horas",
    )


def english(issued_on: date, hours: int | None, valid_until: date | None) -> Labels:
    """The words in English."""
    return Labels(
        awarded_to="This certificate belongs to",
        completed="who completed and passed",
        issued=f"Issued on {_in_english(issued_on)}",
        until="" if valid_until is None else f"Valid until {_in_english(valid_until)}",
        link="With internet",
        link_how="Scan it with the camera to see whether it is genuine. Its code:",
        link_qr="QR code that opens the page where this certificate is checked",
        offline="Without internet",
        offline_how="Save this page on your phone first, and scan it from there:",
        offline_qr="QR code with the signed certificate, to check it without internet",
        attached="The signed credential, for programs that check it",
        organiser="Organised by",
        endorser="Endorsed by",
        organiser_and_endorser="Organised and endorsed by",
        demonstration="DEMONSTRATION DATA",
        hours="" if hours is None else "1 hour" if hours == 1 else f"{hours} hours",
    )


_WORDS: Final[dict[str, Callable[[date, int | None, date | None], Labels]]] = {"es": spanish, "en": english}
WRITTEN_IN: Final = frozenset(_WORDS)


def _in_spanish(day: date) -> str:
    return f"{day.day} de {MONTHS_ES[day.month - 1]} de {day.year}"


def _in_english(day: date) -> str:
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
