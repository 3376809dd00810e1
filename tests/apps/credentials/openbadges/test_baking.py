import io
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.baking import bake_png, extract_png
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from PIL import Image

from tests.apps.credentials.openbadges.examples import NOW, credential, known
from tests.apps.credentials.openbadges.test_oracle import PEM
from trenza.apps.credentials.openbadges.baking import KEYWORD, MOST_BYTES, NotBaked, bake, unbake
from trenza.apps.credentials.openbadges.reading import Unreadable
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.stating import as_json


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), (58, 47, 134)).save(drawn, "PNG")
    return drawn.getvalue()


PLAIN = picture()
DOCUMENT = credential()
BAKED = bake(PLAIN, as_json(DOCUMENT))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(*chunks: bytes) -> bytes:
    """Before the end, which has twelve bytes."""
    return PLAIN[:-12] + b"".join(chunks) + PLAIN[-12:]


def text(rest: bytes) -> bytes:
    return chunk(b"iTXt", KEYWORD + b"\x00" + rest)


def test_document_is_read_back_and_valid():
    assert unbake(BAKED) == DOCUMENT
    assert verify(unbake(BAKED), known(), now=NOW).verdict is Verdict.VALID


def test_picture_is_the_same():
    with Image.open(io.BytesIO(BAKED)) as baked, Image.open(io.BytesIO(PLAIN)) as plain:
        baked.load()
        assert baked.tobytes() == plain.tobytes()


def test_readers_by_others_find_it_and_hold_it_valid():
    found = extract_png(BAKED, keyword=KEYWORD)

    assert found is not None
    assert OB3LdpVerifier(PEM).verify(json.loads(found))


def test_what_others_baked_is_read():
    assert unbake(bake_png(PLAIN, json.dumps(DOCUMENT), keyword=KEYWORD)) == DOCUMENT


def test_baking_again_leaves_one():
    other = {"id": "urn:example:1"}

    assert unbake(bake(BAKED, as_json(other))) == other


def test_packed_text_is_refused_however_small():
    bomb = zlib.compress(b" " * 50_000_000, 9)

    with pytest.raises(NotBaked, match="packed"):
        unbake(with_chunks(text(b"\x01\x00\x00\x00" + bomb)))


@pytest.mark.parametrize(
    "png",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(PLAIN, id="no credential"),
        pytest.param(BAKED + b"x", id="something after"),
        pytest.param(BAKED[:-1], id="cut"),
        pytest.param(b"GIF89a" + BAKED[6:], id="another kind"),
        pytest.param(BAKED.replace(b"iTXt", b"iTXx"), id="wrong checksum"),
        pytest.param(BAKED[:8] + BAKED[33:], id="no beginning"),
        pytest.param(with_chunks(text(b"\x00\x00\x00\x00{}"), text(b"\x00\x00\x00\x00{}")), id="two"),
        pytest.param(with_chunks(text(b"\x00\x00")), id="without its parts"),
        pytest.param(with_chunks(text(b"")), id="without anything"),
        pytest.param(PLAIN[:-12] + struct.pack(">I", 0xFFFFFFFF) + b"iTXt", id="longer than all there is"),
        pytest.param(PLAIN[:-12] + chunk(b"tEXt", b"") * 5_000 + PLAIN[-12:], id="many chunks"),
        pytest.param(PLAIN + bytes(MOST_BYTES), id="too large"),
    ],
)
def test_what_is_no_baked_png_is_refused(png):
    with pytest.raises(NotBaked):
        unbake(png)


@pytest.mark.parametrize("said", [b"", b"[]", b"{", b'{"a":1,"a":2}', b"\xff", b"[" * 100_000])
def test_what_is_baked_and_no_document_is_unreadable(said):
    with pytest.raises(Unreadable):
        unbake(bake(PLAIN, said))


def test_every_byte_of_the_file_counts():
    for place in range(0, len(BAKED), 7):
        altered = bytearray(BAKED)
        altered[place] ^= 0x01
        try:
            read = unbake(bytes(altered))
        except (NotBaked, Unreadable):
            continue
        assert read == DOCUMENT, place


@given(st.binary(max_size=300).map(lambda end: PLAIN[:33] + end))
def test_no_bytes_harm(png):
    with pytest.raises(NotBaked):
        unbake(png)
