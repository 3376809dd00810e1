"""What a phone sees of a printed certificate: a scan at 150 dots per inch, askew and out of focus."""

import io
import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageFilter
from pypdf import PdfReader

from tests.apps.credentials.certificate.test_render import _comparable, certificate
from tests.apps.credentials.openbadges import examples
from tests.apps.credentials.openbadges.test_compact import PRIVATE, SAID
from trenza.apps.credentials.certificate import CertificateData, Organisation, Signer
from trenza.apps.credentials.certificate.letters import missing_letters
from trenza.apps.credentials.certificate.render import LINK_MM, OFFLINE_MM, render_certificate
from trenza.apps.credentials.openbadges.compact import Compact, bytes_of, read, text_of, write
from trenza.apps.credentials.openbadges.reading import read_document
from trenza.apps.credentials.openbadges.verifying import Verdict, verify

DPI = 150
LINK = f"https://conectadas.example.org/certificado/{SAID.code}/"
DOCUMENT = json.dumps(examples.credential(), ensure_ascii=False)
LONGEST = replace(SAID, name="Ñ" * 250, title="Ñ" * 200, programme="Ñ" * 200)
LONG = replace(
    SAID,
    name="María de los Ángeles Guadalupe Concepción Choquehuanca Huanacuni viuda de Quisbert Mamani",
    title="Soporte técnico, ciberseguridad y programación con Python para el primer empleo",
    programme="Conectadas: mujeres jóvenes en las tecnologías de México",
)


def logo(width: int, height: int) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGBA", (width, height), (20, 120, 90, 255)).save(drawn, "PNG")
    return drawn.getvalue()


def signed(said: Compact, **changes: object) -> CertificateData:
    given = {
        "name": said.name, "title": said.title, "programme": said.programme, "verify_url": LINK, "document": DOCUMENT,
        "offline": text_of(write(said, PRIVATE), "https://conectadas.example.org"),
        "signers": [Signer(position="Dirección del programa", organisation="Pro Mujer IFD")],
    }  # fmt: skip
    return certificate(**{**given, **changes})


def scanned(pdf: bytes, *, angle: float, blur: float) -> dict[str, zxingcpp.Barcode]:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("L")
    askew = page.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return {each.text: each for each in zxingcpp.read_barcodes(askew.filter(ImageFilter.GaussianBlur(blur)))}


@pytest.mark.parametrize("angle", [7, -7])
@pytest.mark.parametrize("said", [SAID, LONG, LONGEST], ids=["usual", "long", "longest"])
def test_both_codes_are_read_askew_and_blurred_and_the_offline_one_is_true(said, angle):
    data = signed(said)

    found = scanned(render_certificate(data), angle=angle, blur=1)

    assert set(found) == {LINK, data.offline}
    assert read(bytes_of(data.offline)).is_held_by(PRIVATE.public_key())
    assert not read(bytes_of(data.offline)).is_held_by(Ed25519PrivateKey.generate().public_key())


def test_both_codes_are_three_centimetres_wide_at_least():
    data = signed(SAID)

    found = scanned(render_certificate(data), angle=0, blur=0)

    for text, side in ((LINK, LINK_MM), (data.offline, OFFLINE_MM)):
        corners = found[text].position
        assert (corners.top_right.x - corners.top_left.x) * 25.4 / DPI == pytest.approx(side, abs=0.5)
        assert side >= 30


def test_signed_credential_lies_within_and_is_judged_valid_from_there():
    reader = PdfReader(io.BytesIO(render_certificate(signed(SAID))))

    [content] = reader.attachments["credencial.json"]
    assert verify(read_document(content), examples.known(), now=examples.NOW).verdict is Verdict.VALID
    [file] = cast(Any, reader.root_object)["/AF"]
    assert file["/AFRelationship"] == "/Data"
    assert file["/EF"]["/F"]["/Subtype"] == "/application/vc"
    assert file["/Desc"] == "La credencial firmada, para programas que la comprueban"


def test_without_a_signature_there_is_one_code_and_nothing_attached():
    pdf = render_certificate(certificate(verify_url=LINK))

    assert set(scanned(pdf, angle=7, blur=1)) == {LINK}
    assert PdfReader(io.BytesIO(pdf)).attachments == {}


def words(data: CertificateData) -> str:
    return " ".join(PdfReader(io.BytesIO(render_certificate(data))).pages[0].extract_text().split())


def test_each_code_says_what_it_is_for_in_the_language_of_the_certificate():
    spanish, english = words(signed(SAID)), words(signed(SAID, language="en-US", hours=1))

    assert all(each in spanish for each in ("Sin internet", "Con internet", "https://conectadas.example.org/v/"))
    assert all(
        each in english for each in ("Without internet", "With internet", "Issued on 22 November 2026", "1 hour")
    )
    assert not any(each in english for each in ("Sin internet", "Entregado", "hora"))


def test_last_day_who_signs_and_logos_stand_on_it():
    organisations = [
        Organisation(name="Pro Mujer IFD", role="organiser", logo=logo(200, 200)),
        Organisation(name="Academia Norte", role="endorser", logo=logo(900, 150)),
    ]
    signers = [
        Signer(position="Dirección del programa", organisation="Pro Mujer IFD"),
        Signer(position="Coordinación", name="Persona de Ejemplo", organisation="Academia Norte"),
    ]
    data = signed(SAID, organisations=organisations, signers=signers, valid_until=date(2028, 2, 29))
    text = words(data)

    for expected in ("Vale hasta el 29 de febrero de 2028", "Dirección del programa", "Persona de Ejemplo"):
        assert expected in text
    page = pypdfium2.PdfDocument(render_certificate(data))[0].render(scale=1).to_pil().convert("RGB")
    colours = page.getcolors(maxcolors=1_000_000)
    assert colours is not None
    assert sum(count for count, colour in colours if colour == (20, 120, 90)) > 1_000


# Letters of the languages of the region, capitals and small, as their academies and ministries write them.
ALPHABETS = {
    "spanish": "á é í ó ú ü ñ ª º",
    "portuguese": "á â ã à ç é ê í ó ô õ ú",
    "quechua": "ñ ch' chʼ k' kʼ p' pʼ q' qʼ t' tʼ ä ï ü ’",
    "aymara": "ä ï ü ñ chʼ kʼ pʼ qʼ tʼ ch' x",
    "guarani": "ã ẽ g̃ ĩ õ ũ ỹ ñ á é í ó ú ý ' ʼ ’",
    "nahuatl": "ā ē ī ō ū á é í ó ú tz tl cu ï ü h",
    "kiche": "ä ë ï ö ü ʼ ꞌ bʼ chʼ kʼ qʼ tʼ tzʼ x",
    "kaqchikel": "ä ë ï ö ü bʼ ẅ ʼ ꞌ",
    "qeqchi and mam": "aa bʼ chʼ kyʼ ẍ txʼ tzʼ ʼ ꞌ",
    "yucatec": "á áa aʼ ʼ chʼ p'oʼ tsʼ",
    "mapudungun": "ñ ü ḻ ṉ ṯ l̲ n̲ t̲ ï ù",
    "garifuna": "á é í ó ú ü ñ",
    "miskito and mayangna": "â î û ä ö ü",
    "ngabere": "ä ö ü ñ ë ã ẽ ĩ õ ũ á é í ó ú",
    "guna": "ñ ü á é",
    "embera": "ã ẽ ĩ õ ũ ä ë ï ö ü ʉ ɨ ʌ b̶",
    "wayuu": "ü ñ ʼ ' ’ ü̃",
    "nasa": "ã ẽ ĩ ũ ʼ ç",
    "ayoreo and chiquitano": "ã ẽ ĩ õ ũ ñ ɨ ɨ̈ ̈",
    "zapotec and mixtec": "ä ë ï ö ü ɨ ñ à è ì ò ù á ā ʼ ꞌ ꞉ ᶰ ⁿ ʉ",
    "otomi": "a̱ e̱ i̱ o̱ u̱ ñ ä ʼ ꞌ ø",
    "purepecha": "ï ʉ ʼ '",
    "bribri and cabecar": "ã ẽ ĩ õ ũ à è ì ò ù á é í ó ú ë ö ʼ ’ a̱ e̱ o̱",
    "two marks on a letter": "ã̀ ẽ̀ ĩ́ ɨ̈",
    "neighbours": "Ł Ş Ø Ç Đ ễ ș ț ğ ı ß æ œ å š ž č ř ů",
}


@cache
def unseen(text: str) -> str:
    return missing_letters(text.replace(" ", "")) + missing_letters(text.upper().replace(" ", ""))


@pytest.mark.parametrize("language", ALPHABETS)
def test_no_letter_of_the_languages_of_the_region_is_missing(language):
    assert unseen(ALPHABETS[language]) == ""


# Of a letter with two marks PDFium reads the words in its place (ActualText) once for each part that is drawn.
@pytest.mark.parametrize("language", [each for each in ALPHABETS if each != "two marks on a letter"])
def test_letters_of_each_language_are_set_and_read_back(language):
    name = ALPHABETS[language]

    page = pypdfium2.PdfDocument(render_certificate(certificate(name=name)))[0]
    assert _comparable(name) in _comparable(page.get_textpage().get_text_range())


def test_name_of_many_words_fits_whole():
    name = "María Guadalupe de los Ángeles Choquehuanca Huanacuni Quisbert viuda de Mamani Condori"
    assert len(name) > 60

    assert name in words(signed(SAID, name=name))
