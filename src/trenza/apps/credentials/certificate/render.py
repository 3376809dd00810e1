"""Set a certificate as a PDF: PDF/A-2a to be kept, PDF/UA-1 to be read aloud, and the same bytes each time."""

import io
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import segno
import typst

from trenza.apps.credentials.certificate.data import CertificateData, Labels, Organisation, Role
from trenza.apps.credentials.certificate.labels import words
from trenza.apps.credentials.certificate.letters import FONTS, missing_letters, normalise

TEMPLATE = Path(__file__).with_name("certificate.typ")
QR_SIDE_MM = 32.0  # the symbol itself; its quiet zone comes on top
QR_QUIET = 4  # modules, as ISO/IEC 18004 asks

_one_at_a_time = threading.Lock()


class LettersMissing(ValueError):
    """A text holds letters that no shipped font has; `.letters` are those. The message never holds the text."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        points = " ".join(f"U+{ord(letter):04X}" for letter in letters)
        super().__init__(f"letters that no shipped font has: {points}")


def render_certificate(data: CertificateData) -> bytes:
    """The certificate as a PDF of one A4 page; the same data give the same bytes on every machine.

    Raises:
        LettersMissing: a word holds a letter that cannot be shown. Names are checked in their form with
            `missing_letters`, so this is a definition that was not.
    """
    moment = datetime.combine(data.issued_on, time(), UTC)
    inputs = _inputs(data)
    with _one_at_a_time:
        pdf = _compiler().compile(
            format="pdf", pdf_standards=["a-2a", "ua-1"], sys_inputs=inputs, timestamp=int(moment.timestamp())
        )
    assert isinstance(pdf, bytes)
    return pdf


def render_preview(data: CertificateData, *, ppi: float = 96) -> bytes:
    """The same page as a PNG, for a screen; raises as `render_certificate` does."""
    inputs = _inputs(data)
    with _one_at_a_time:
        png = _compiler().compile(format="png", ppi=ppi, sys_inputs=inputs)
    assert isinstance(png, bytes)
    return png


@cache
def _compiler() -> typst.Compiler:
    """One for the process, made from a path: one made from bytes fails when it is used again."""
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=[FONTS], ignore_system_fonts=True)


def _inputs(data: CertificateData) -> dict[str, str]:
    """The words as JSON beside the template: nothing that a person wrote is ever part of typst's source."""
    labels = data.labels or words(data.language, issued_on=data.issued_on, hours=data.hours)
    texts: dict[str, object] = {
        "name": normalise(" ".join(data.name.split())),
        "title": normalise(data.title),
        "text": normalise(data.text),
        "programme": normalise(data.programme),
        "organisations": _organisations(data.organisations, labels),
        "skills": [normalise(skill) for skill in data.skills],
        "code": data.code,
        "verify_url": data.verify_url,
        "labels": {name: normalise(word) for name, word in asdict(labels).items()},
    }
    letters = missing_letters("".join(_strings(texts)))
    if letters:
        raise LettersMissing(letters)
    page = texts | {
        "issued_on": [data.issued_on.year, data.issued_on.month, data.issued_on.day],
        "language": data.language,
        "demonstration": data.demonstration,
        "qr": _qr(data.verify_url),
    }
    return {"data": json.dumps(page)}


def _organisations(organisations: Sequence[Organisation], labels: Labels) -> list[dict[str, str]]:
    roles: dict[str, set[Role]] = {}
    for organisation in organisations:
        roles.setdefault(normalise(organisation.name), set()).add(organisation.role)
    return [{"name": name, "role": labels.role(held), "initials": _initials(name)} for name, held in roles.items()]


def _initials(name: str) -> str:
    """The first letters of the first two words that are names: "Fundación de la Mujer" gives FM."""
    words_of_name = [word for word in name.split() if word[0].isalnum()]
    capitals = [word for word in words_of_name if word[0].isupper()] or words_of_name
    return "".join(word[0] for word in capitals[:2]).upper()


def _qr(url: str) -> dict[str, str | float]:
    """The QR code as SVG, with the width at which its symbol, without the quiet zone, is QR_SIDE_MM wide."""
    code = segno.make(url, error="m", micro=False)
    modules = code.symbol_size(border=0)[0]
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=QR_QUIET, dark="#221a35", light="#ffffff", xmldecl=False)
    return {"svg": drawing.getvalue().decode(), "side_mm": QR_SIDE_MM * (modules + 2 * QR_QUIET) / modules}


def _strings(value: object) -> Iterator[str]:
    """Every text in the nested values, line breaks (which typst sets as such) apart."""
    if isinstance(value, str):
        yield value.replace("\n", "")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
