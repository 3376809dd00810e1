"""Set a certificate as a PDF: PDF/A-3a to be kept, PDF/UA-1 to be read aloud, and the same bytes each time.

Part 3 of PDF/A because the signed credential lies within the file; part 2 forbids what is no PDF/A itself.
"""

import base64
import io
import json
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst
from PIL import Image

from trenza.apps.credentials.certificate import qr
from trenza.apps.credentials.certificate.data import BadgeData, CertificateData, Labels, Organisation, Role, Signer
from trenza.apps.credentials.certificate.labels import country_of, primary_of, words
from trenza.apps.credentials.certificate.letters import FONTS, missing_letters, normalise

TEMPLATE = Path(__file__).with_name("certificate.typ")
BADGE = Path(__file__).with_name("badge.typ")
BADGE_PPI = 127  # 120 mm are 600 pixels
LINK_MM = 30.0  # the symbols themselves; their quiet zones come on top
OFFLINE_MM = 38.0
ATTACHMENT = "credencial.json"
MEDIA_TYPE = "application/vc"

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
    with _written(_inputs(data)) as file:
        pdf = _compiler().compile(
            format="pdf", pdf_standards=["a-3a", "ua-1"], sys_inputs=file, timestamp=int(moment.timestamp())
        )
    assert isinstance(pdf, bytes)
    return pdf


def render_preview(data: CertificateData, *, ppi: float = 96) -> bytes:
    """The same page as a PNG, for a screen; raises as `render_certificate` does."""
    with _written(_inputs(data)) as file:
        png = _compiler().compile(format="png", ppi=ppi, sys_inputs=file)
    assert isinstance(png, bytes)
    return png


def render_badge(data: BadgeData) -> bytes:
    """The picture of a badge, a PNG; the same data give the same bytes. Raises as `render_certificate` does."""
    page: dict[str, object] = {
        "title": normalise(data.title),
        "programme": normalise(data.programme),
        "year": str(data.year),
        "demonstration": words(data.language, issued_on=date(data.year, 1, 1)).demonstration
        if data.demonstration
        else "",
    }
    _ensure_letters(page)
    page |= {"language": primary_of(data.language), "country": country_of(data.language)}
    with _written({"data": page}) as file:
        png = _compiler(BADGE).compile(format="png", ppi=BADGE_PPI, sys_inputs=file)
    assert isinstance(png, bytes)
    return _with_few_colours(png)


def _with_few_colours(png: bytes) -> bytes:
    """A third of the bytes, and no difference that one sees: the drawing has seven colours and their edges."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.quantize(96, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def _compiler(template: Path = TEMPLATE) -> typst.Compiler:
    """One for the process, made from a path: one made from bytes fails when it is used again."""
    return typst.Compiler(template, root=template.anchor, font_paths=[FONTS], ignore_system_fonts=True)


@contextmanager
def _written(inputs: dict[str, object]) -> Iterator[dict[str, str]]:
    """The words as JSON in a file beside the template: nothing that a person wrote is ever part of typst's source.

    Always the same file of this process: with inputs that change typst forgets all that it knows of the page, and takes
    half as long again. It is for this user alone, and empty once the page is set.
    """
    with _one_at_a_time:
        file = Path(_folder().name) / "page.json"
        try:
            file.write_text(json.dumps(inputs))
            yield {"file": str(file)}
        finally:
            file.write_text("")


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="trenza-page-")  # made with mode 0700, and removed at the end


def _ensure_letters(texts: dict[str, object]) -> None:
    letters = missing_letters("".join(_strings(texts)))
    if letters:
        raise LettersMissing(letters)


def _inputs(data: CertificateData) -> dict[str, object]:
    labels = data.labels or words(
        data.language, issued_on=data.issued_on, hours=data.hours, valid_until=data.valid_until
    )
    texts: dict[str, object] = {
        "name": normalise(" ".join(data.name.split())),
        "title": normalise(data.title),
        "text": normalise(data.text),
        "programme": normalise(data.programme),
        "organisations": _organisations(data.organisations, labels),
        "signers": [_signer(each) for each in data.signers],
        "skills": [normalise(skill) for skill in data.skills],
        "code": data.code,
        "verify_url": data.verify_url,
        "offline_url": data.offline.partition("#")[0].lower(),
        "labels": {name: normalise(word) for name, word in asdict(labels).items()},
    }
    _ensure_letters(texts)
    logos = _logos(data.organisations)
    codes = {"link": qr.draw(data.verify_url, symbol_mm=LINK_MM)}
    if data.offline:
        codes["offline"] = qr.draw(data.offline, symbol_mm=OFFLINE_MM)
    page = texts | {
        "issued_on": [data.issued_on.year, data.issued_on.month, data.issued_on.day],
        "language": primary_of(data.language),
        "country": country_of(data.language),
        "demonstration": data.demonstration,
        "logos": {name: {"input": f"logo {name}", "ratio": logo.ratio} for name, logo in logos.items()},
        "codes": {name: {"input": f"code {name}", "side_mm": code.side_mm} for name, code in codes.items()},
        "attachment": {"name": ATTACHMENT, "media_type": MEDIA_TYPE} if data.document else None,
    }
    return {
        "data": page,
        "document": data.document,
        "drawings": {f"logo {name}": logo.svg for name, logo in logos.items()}
        | {f"code {name}": code.svg for name, code in codes.items()},
    }


def _organisations(organisations: Sequence[Organisation], labels: Labels) -> list[dict[str, str]]:
    roles: dict[str, set[Role]] = {}
    for organisation in organisations:
        roles.setdefault(normalise(organisation.name), set()).add(organisation.role)
    return [{"name": name, "role": labels.role(held), "initials": _initials(name)} for name, held in roles.items()]


@dataclass(frozen=True)
class _Logo:
    svg: str
    ratio: float  # of its width to its height


def _logos(organisations: Sequence[Organisation]) -> dict[str, _Logo]:
    """By the names of the organisations. What goes in is text, and a picture is one within an SVG."""
    return {normalise(each.name): _logo(each.logo) for each in organisations if each.logo}


def _logo(png: bytes) -> _Logo:
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])  # as every PNG says in its first chunk
    written = base64.b64encode(png).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{written}"/></svg>'
    )
    return _Logo(svg, width / height)


def _signer(signer: Signer) -> dict[str, str]:
    return {name: normalise(word) for name, word in asdict(signer).items()}


def _initials(name: str) -> str:
    """The first letters of the first two words that are names: "Fundación de la Mujer" gives FM."""
    words_of_name = [word for word in name.split() if word[0].isalnum()]
    capitals = [word for word in words_of_name if word[0].isupper()] or words_of_name
    return "".join(word[0] for word in capitals[:2]).upper()


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
