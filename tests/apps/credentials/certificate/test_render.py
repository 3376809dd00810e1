"""What is written is read back from the PDF, and from the page as a picture."""

import io
import os
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from trenza.apps.credentials.certificate.data import CertificateData, Organisation
from trenza.apps.credentials.certificate.letters import missing_letters
from trenza.apps.credentials.certificate.render import LettersMissing, render_certificate, render_preview

CODE = "K7QX3M9ZT2W8R5VN4H6JBPYCDF"
URL = f"https://mujeres.example.org/certificados/{CODE}/"

ROOT = Path(__file__).parents[4]

NASTY_NAMES = [
    "A",
    "Ó",
    "Ng",
    "X Æ A-12",
    "Juana",
    "Ña Ñusta Ñíguez-Ñuñoa",
    "María de los Ángeles Guadalupe Concepción Choquehuanca Huanacuni viuda de Quisbert",
    "Ana Sofía Hernández Martínez García López",
    "Maximilianaguadalupeconcepcióninmaculada Huanacunichoquehuancaquisbert",
    "W" * 60,
    "W" * 120,
    "i" * 200,
    "á " * 90,
    "María " * 40,
    "  Rosa   Elena  ",
    "#panic()",
    '#import "/etc/passwd"',
    "*Ana* _María_ `x`",
    "$x^2$ Flores",
    "= Título",
    "- lista",
    "+ lista",
    "<label> @cita",
    "https://example.org",
    "\\u{41} \\ Ana",
    "// comentario",
    "/* nunca acaba",
    "[Ana] {María} (Paz)",
    '"; DROP TABLE; "',
    "Ana -- María --- Paz ... ~ 'x' \"y\"",
    "O'Higgins D’Ángelo",
    "Kʼicheʼ Saqbʼe Tzʼunun",
    "G\u0303uarani Ava Ñeʼe\u0303",
    "Äymara Jichʼa",
    "Pen\u0303a",
    "Nguyễn Thị Ánh",
    "Анна Σοφία",
    "a\u0301\u0302\u0303\u0304",
    "ﬁ ﬂ",
    "&amp; <b>Ana</b> %s {name} {{ x }}",
]


def certificate(**changes: Any) -> CertificateData:
    data: dict[str, Any] = {
        "name": "Juana Mamani Quispe",
        "title": "Alfabetización digital",
        "text": "Completó los tres módulos con sus prácticas.",
        "programme": "Mujeres Online",
        "organisations": [
            Organisation(name="Pro Mujer IFD", role="organiser"),
            Organisation(name="Pro Mujer IFD", role="endorser"),
            Organisation(name="Cisco Networking Academy", role="endorser"),
        ],
        "issued_on": date(2026, 11, 22),
        "code": CODE,
        "verify_url": URL,
        "hours": 40,
        "skills": ["Proteger sus cuentas", "Vender en línea"],
    }
    return CertificateData(**(data | changes))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All text of the only page, with runs of blanks as one."""
    [page] = read(pdf).pages
    return " ".join(page.extract_text().split())


def test_render_certificate_says_everything_it_was_given() -> None:
    text = words(render_certificate(certificate()))

    for expected in [
        "Juana Mamani Quispe",
        "Alfabetización digital",
        "Completó los tres módulos con sus prácticas.",
        "Mujeres Online",
        "Organiza y avala Pro Mujer IFD",
        "Avala Cisco Networking Academy",
        "40 horas",
        "Proteger sus cuentas",
        "Entregado el 22 de noviembre de 2026",
        CODE,
    ]:
        assert expected in text
    assert "DEMOSTRACIÓN" not in text


def test_render_certificate_is_titled_tagged_and_archivable() -> None:
    reader = read(render_certificate(certificate()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Alfabetización digital"
    assert reader.metadata.author == "Pro Mujer IFD, Cisco Networking Academy"

    catalog = cast(dict[str, Any], reader.root_object)
    assert catalog["/Lang"] == "es"
    assert bool(catalog["/MarkInfo"]["/Marked"])
    xmp = catalog["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_render_certificate_is_a_landscape_a4() -> None:
    [page] = read(render_certificate(certificate())).pages

    millimetres = [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)]
    assert millimetres == [297, 210]


def test_render_certificate_twice_gives_the_same_bytes() -> None:
    first = render_certificate(certificate())
    render_certificate(certificate(name="Otra mujer"))

    assert render_certificate(certificate()) == first


def test_render_certificate_in_another_process_gives_the_same_bytes() -> None:
    """Neither the hash seed, nor the time zone, nor a first run shows in the bytes."""
    script = (
        "import hashlib; from tests.apps.credentials.certificate.test_render import certificate, render_certificate;"
        "print(hashlib.sha256(render_certificate(certificate())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in [("1", "America/La_Paz"), ("2", "Asia/Tokyo")]
    }
    assert len(digests) == 1


def test_render_certificate_of_a_demonstration_says_so_twice() -> None:
    text = words(render_certificate(certificate(demonstration=True)))

    assert text.count("DATOS DE DEMOSTRACIÓN") == 2


def test_qr_code_on_the_page_opens_the_verification_page() -> None:
    page = Image.open(io.BytesIO(render_preview(certificate(demonstration=True), ppi=150)))

    [code] = zxingcpp.read_barcodes(page)
    assert code.text == URL
    side_mm = (code.position.top_right.x - code.position.top_left.x) * 25.4 / 150
    assert side_mm == pytest.approx(30, abs=1)


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_render_certificate_keeps_a_nasty_name_literal_and_on_one_page(name: str) -> None:
    assert missing_letters(name) == ""
    text = words(render_certificate(certificate(name=name)))

    assert _comparable(name) in _comparable(text)


def _comparable(text: str) -> str:
    """Letters without blanks, since a name may be set on two lines; ligatures and marks as the PDF gives them back."""
    return "".join(unicodedata.normalize("NFKD", text).split())


LETTERS = st.sampled_from([letter for letter in map(chr, range(0x20, 0x3000)) if not missing_letters(letter)])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(LETTERS, min_size=1, max_size=120).filter(lambda text: text.strip() and not missing_letters(text)))
def test_render_certificate_never_fails_on_letters_that_the_form_let_through(name: str) -> None:
    assert len(read(render_certificate(certificate(name=name))).pages) == 1


def test_render_certificate_shrinks_a_long_text_onto_its_page() -> None:
    full = certificate(
        name=NASTY_NAMES[6],
        title="Soporte técnico, ciberseguridad y programación con Python para el primer empleo",
        text="Completó el recorrido de soporte técnico y presentó un proyecto final ante un jurado. " * 12,
        skills=[f"Habilidad número {number}" for number in range(14)],
        organisations=[Organisation(name=f"Organización aliada número {n}", role="endorser") for n in range(6)],
        demonstration=True,
    )
    text = words(render_certificate(full))

    assert "Habilidad número 13" in text
    assert "Organización aliada número 5" in text


def test_render_certificate_keeps_markup_in_any_text_literal() -> None:
    markup = '#panic("x") *b* $y$ <z> `r`'
    fields = ["title", "text", "programme"]
    text = words(render_certificate(certificate(skills=[markup], **dict.fromkeys(fields, markup))))

    assert text.count(markup) == len(fields) + 1


def test_render_certificate_of_letters_in_no_font_names_them_and_not_the_text() -> None:
    with pytest.raises(LettersMissing) as caught:
        render_certificate(certificate(name="Rosa 🌹"))

    assert caught.value.letters == "🌹"
    assert str(caught.value) == "letters that no shipped font has: U+1F339"


def test_render_certificate_without_hours_skills_or_organisations_is_still_one_page() -> None:
    pdf = render_certificate(certificate(hours=None, skills=[], organisations=[]))

    assert len(read(pdf).pages) == 1
    assert "horas" not in words(pdf)


def test_render_certificate_in_a_language_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words in 'qu'"):
        render_certificate(certificate(language="qu"))
