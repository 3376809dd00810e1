"""The fixed words of a certificate in each language that it is written in.

They are data and not gettext: a certificate keeps the language of its programme whoever opens it, and the same
certificate printed twice must be the same bytes.
"""

from datetime import date

from trenza.apps.credentials.certificate.data import Labels

MONTHS_ES = (
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


WRITTEN_IN = frozenset({"es"})


def words(language: str, *, issued_on: date, hours: int | None) -> Labels:
    """The words in a language, by its BCP 47 tag: a region falls back on its language ("es-BO" on "es").

    Raises:
        ValueError: no words have been written in that language yet; pass `labels` in the data.
    """
    if language.split("-")[0] not in WRITTEN_IN:
        raise ValueError(f"certificates have no words in {language!r} yet")
    return spanish(issued_on=issued_on, hours=hours)


def spanish(*, issued_on: date, hours: int | None) -> Labels:
    """The words in Spanish; they suit everybody, since families and teachers take part too."""
    month = MONTHS_ES[issued_on.month - 1]
    return Labels(
        awarded_to="Este certificado es de",
        completed="que terminó y aprobó",
        issued=f"Entregado el {issued_on.day} de {month} de {issued_on.year}",
        verify="Comprueba aquí que es auténtico",
        qr="Código QR que abre la página donde se comprueba este certificado",
        organiser="Organiza",
        endorser="Avala",
        organiser_and_endorser="Organiza y avala",
        demonstration="DATOS DE DEMOSTRACIÓN",
        hours="" if hours is None else "1 hora" if hours == 1 else f"{hours} horas",
    )
