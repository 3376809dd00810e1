"""What can be read from files that strangers bring, and what each bad one is called."""

import contextlib
import io
import json
import random
import zlib

import pytest
import segno
from openbadgeslib.ob3.signer import OB3Signer
from PIL import Image, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject

from tests.apps.credentials.openbadges import examples, others
from trenza.apps.credentials.extracting import MOST_BYTES, NothingFound, Trouble, texts_in
from trenza.apps.credentials.extracting.files import MOST_TEXTS
from trenza.apps.credentials.openbadges.baking import bake
from trenza.apps.credentials.openbadges.tokens import is_token
from trenza.apps.credentials.openbadges.verifying import Verdict, verify

DOCUMENT = json.dumps({"type": ["VerifiableCredential"], "name": "Ñandú"}, ensure_ascii=False)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
SHORT = "HTTPS://TRENZA.EXAMPLE.ORG/V/#" + "".join(random.Random(7).choices(LETTERS, k=480))
LINK = "https://trenza.example.org/certificado/K7QX3M9ZT2W8R5VN4H6JBPYCD0/"


def trouble(data):
    with pytest.raises(NothingFound) as raised:
        texts_in(data)
    return raised.value.trouble


def pdf(*attachments, password="", change=None):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for number, content in enumerate(attachments):
        writer.add_attachment(f"{number}.json", content if isinstance(content, bytes) else content.encode())
    if change:
        change(writer)
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def square(text, pixels, error="m"):
    made = io.BytesIO()
    segno.make(text, error=error, micro=False, boost_error=False).save(made, kind="png", scale=16, border=4)
    return Image.open(made).convert("L").resize((pixels, pixels), Image.Resampling.BOX)


def page(*squares):
    """An A4 page at 150 dpi with codes on it."""
    made = Image.new("L", (1754, 1240), 255)
    for number, each in enumerate(squares):
        made.paste(each, (1300 - 500 * number, 850))
    return made


def as_bytes(picture, kind="PNG"):
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()


def test_text_is_itself():
    assert texts_in(f"\ufeff {DOCUMENT}\n".encode()) == [DOCUMENT]


def test_credential_of_a_pdf_is_found_among_ten_attachments():
    others = [b'{"n": 1}', b"\x00\xff", "ñ" * 50, *(b"x" for _ in range(6))]

    assert texts_in(pdf(*others, DOCUMENT)) == [DOCUMENT]
    assert len(texts_in(pdf(*(f'{DOCUMENT[:-1]}, "n": {n}}}' for n in range(30))))) == MOST_TEXTS


def test_pdf_that_begins_late_is_one():
    assert texts_in(b"\n\n%" + b" " * 100 + b"\n" + pdf(DOCUMENT)) == [DOCUMENT]


def test_badge_says_what_is_baked_into_it():
    whole = examples.credential()
    badge = bake(as_bytes(square(SHORT, 300)), json.dumps(whole).encode())

    [text] = texts_in(badge)

    assert json.loads(text) == whole
    assert verify(json.loads(text), examples.known(), now=examples.NOW).verdict is Verdict.VALID


def test_badge_of_another_program_may_bear_a_token():
    made = OB3Signer(others.pem(others.ED), "EdDSA").sign_into_png(others.stated(), as_bytes(square(SHORT, 300)))

    [text] = texts_in(made)

    assert is_token(text)


def bomb(writer):
    """400 MB of zeros in 400 KB."""
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(400)), packer.flush()])
    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    file = DictionaryObject({NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)})})
    writer.root_object[NameObject("/AF")] = ArrayObject([writer._add_object(file)])


def loop(writer):
    node = DictionaryObject()
    reference = writer._add_object(node)
    node[NameObject("/Kids")] = ArrayObject([reference, reference])
    node[NameObject("/Names")] = ArrayObject([ByteStringObject(b"a"), reference])
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): reference})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Trouble.EMPTY),
        (b" \n", Trouble.EMPTY),
        (b"x" * (MOST_BYTES + 1), Trouble.TOO_LARGE),
        (b"x" * 2_000_000, Trouble.TOO_LARGE),
        (b"\xff\xfe\x00", Trouble.UNKNOWN_KIND),
        (b"PK\x03\x04\xff", Trouble.UNKNOWN_KIND),
        (b"%PDF-1.7 nothing follows", Trouble.BROKEN),
        (b"\x89PNG\r\n\x1a\n nothing follows", Trouble.BROKEN),
        (b"\xff\xd8\xff\xe0", Trouble.BROKEN),
        (pdf(), Trouble.NO_CREDENTIAL),
        (pdf(b'{"n": 1}'), Trouble.NO_CREDENTIAL),
        (pdf(DOCUMENT, password="x"), Trouble.LOCKED),
        (pdf(change=loop), Trouble.NO_CREDENTIAL),
        (as_bytes(Image.new("L", (300, 300), 255)), Trouble.NO_CODE),
        (as_bytes(square("https://elsewhere.example/", 300)), Trouble.NO_CODE),
        (as_bytes(Image.new("1", (9_000, 9_000))), Trouble.TOO_MANY_PIXELS),
    ],
)
def test_what_is_bad_has_a_name(data, expected):
    assert trouble(data) is expected


def test_bomb_is_not_unpacked():
    assert trouble(pdf(change=bomb)) in {Trouble.BROKEN, Trouble.NO_CREDENTIAL}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_codes_of_a_photo_that_is_crooked_and_blurred(kind):
    shown = page(square(SHORT, 200), square(LINK, 200))
    shown = shown.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    shown = shown.filter(ImageFilter.GaussianBlur(1))

    assert texts_in(as_bytes(shown, kind)) == [SHORT, LINK]


def test_half_a_code_is_none():
    whole = page(square(SHORT, 300))

    assert trouble(as_bytes(whole.crop((0, 0, 1440, 1240)))) is Trouble.NO_CODE


def test_code_on_transparent_ground_and_lying():
    dark = square(SHORT, 600).point(lambda shade: 255 - shade)
    ink = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    ink.putalpha(dark)

    assert texts_in(as_bytes(ink.rotate(90))) == [SHORT]


def test_any_bytes_have_an_answer():
    chance = random.Random(3)
    whole = [pdf(DOCUMENT), as_bytes(page(square(SHORT, 300)), "JPEG")]
    for data in whole:
        for _ in range(6):
            hurt = bytearray(data)
            for _ in range(20):
                hurt[chance.randrange(12, len(hurt))] = chance.randrange(256)
            with contextlib.suppress(NothingFound):
                assert texts_in(bytes(hurt))
