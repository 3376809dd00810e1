import base64
import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.credentials.openbadges import cbor
from trenza.apps.credentials.openbadges.compact import (
    MOST_BYTES,
    Compact,
    NotCompact,
    bytes_of,
    kid_of,
    read,
    text_of,
    write,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
PUBLIC = PRIVATE.public_key()
SAID = Compact(
    code="K7QX3M9ZT2W8R5VN4H6JBPYCD0",
    name="María Ñandú Quispe",
    title="Alfabetización digital",
    programme="Mujeres Online",
    issued=date(2026, 11, 29),
    until=date(2028, 11, 29),
    list=UUID("0190a5d2-5f0e-7f3a-90a5-4df3a0a85df3"),
    index=94_567,
    hours=40,
    demonstration=True,
)
PLAIN = replace(SAID, until=None, hours=None, demonstration=False)
HEAD = 65  # version and signature


def sealed(payload: bytes) -> bytes:
    """These very bytes, rightly signed: what is refused is refused for what they are."""
    return b"\x01" + PRIVATE.sign(b"trenza-compact-1\x00" + payload) + payload


def changed(**values: cbor.Value) -> bytes:
    whole = cbor.read_map(write(SAID, PRIVATE)[HEAD:])
    return sealed(cbor.write_map(whole | {int(key[1:]): value for key, value in values.items()}))


def is_true(data: bytes) -> bool:
    try:
        return read(data).is_held_by(PUBLIC)
    except NotCompact:
        return False


@pytest.mark.parametrize("said", [SAID, PLAIN], ids=["all", "least"])
def test_is_read_as_it_was_written(said):
    found = read(write(said, PRIVATE))

    assert found.compact == said
    assert found.is_held_by(PUBLIC)
    assert found.kid == hashlib.sha256(PUBLIC.public_bytes_raw()).digest()[:8] == kid_of(PUBLIC)


def test_layout_is_the_one_that_is_documented():
    data = write(PLAIN, PRIVATE)

    assert data[0] == 1
    PUBLIC.verify(data[1:HEAD], b"trenza-compact-1\x00" + data[HEAD:])
    assert data[HEAD:].hex() == (
        "a80048" + hashlib.sha256(PUBLIC.public_bytes_raw()).hexdigest()[:16]
        + "01510267bf4744ff42e2305dd49134976f31a0"
        + "0275" + "María Ñandú Quispe".encode().hex()
        + "0377" + "Alfabetización digital".encode().hex()
        + "046e" + b"Mujeres Online".hex()
        + "05195132"
        + "0750" + PLAIN.list.hex
        + "081a00017167"
    )  # fmt: skip


def test_text_is_an_address_of_ours_in_capitals_and_is_read_back_from_any():
    data = write(SAID, PRIVATE)
    text = text_of(data, "https://trenza.example:8443")

    address, _sign, written = text.partition("#")
    assert address == "HTTPS://TRENZA.EXAMPLE:8443/V/"
    assert set(written) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert bytes_of(text) == bytes_of(f"https://other.example/v/#{written.lower()}\n") == data


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_no_byte_can_be_changed(mask):
    data = write(SAID, PRIVATE)

    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= mask
        assert not is_true(bytes(altered)), place


def test_no_part_of_it_is_read():
    data = write(SAID, PRIVATE)

    for length in range(len(data)):
        with pytest.raises(NotCompact):
            read(data[:length])
    with pytest.raises(NotCompact):
        read(data + b"\x00")


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda end: b"\x01" + bytes(64) + end))
def test_no_other_bytes_are_true(data):
    assert not is_true(data)


@given(st.text(max_size=80) | st.text(max_size=80).map("#".__add__))
def test_no_other_text_harms(text):
    try:
        bytes_of(text)
    except NotCompact:
        return
    assert text.rpartition("#")[2].strip().isascii()


def test_another_key_did_not_sign_it():
    other = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)
    data = write(SAID, PRIVATE)
    forged = write(SAID, other)
    named = cbor.write_map(cbor.read_map(forged[HEAD:]) | {0: kid_of(PUBLIC)})

    assert not read(data).is_held_by(other.public_key())
    assert not read(forged).is_held_by(PUBLIC)
    assert not is_true(forged[:HEAD] + named)


def test_signature_of_other_bytes_is_none_of_it():
    payload = write(SAID, PRIVATE)[HEAD:]

    assert is_true(sealed(payload))
    assert not is_true(b"\x01" + PRIVATE.sign(payload) + payload)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"\xb8\x0b", id="length of the map in two bytes"),
        pytest.param(b"\xbf", id="map of no stated length"),
        pytest.param(b"\xa1\x18\x00\x00", id="key in two bytes"),
        pytest.param(b"\xa2\x01\x00\x00\x00", id="keys that descend"),
        pytest.param(b"\xa2\x00\x00\x00\x00", id="key twice"),
        pytest.param(b"\xa1\x00\x19\x00\x10", id="number in three bytes"),
        pytest.param(b"\xa1\x00\x58\x01\x00", id="length of bytes in two"),
        pytest.param(b"\xa1\x00\x20", id="negative"),
        pytest.param(b"\xa1\x00\xf4", id="false"),
        pytest.param(b"\xa1\x00\xf6", id="null"),
        pytest.param(b"\xa1\x00\xf9\x3c\x00", id="float"),
        pytest.param(b"\xa1\x00\xc0\x00", id="tag"),
        pytest.param(b"\xa1\x00\x80", id="list"),
        pytest.param(b"\xa1\x00\xa0", id="map within"),
        pytest.param(b"\xa1\x00\x62\xc3\x28", id="no UTF-8"),
        pytest.param(b"\xa1\x00\x5b" + b"\xff" * 8, id="longer than all there is"),
        pytest.param(b"\xa0\x00", id="something after"),
        pytest.param(b"\x80", id="no map"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_only_the_one_way_of_writing_is_read(payload):
    with pytest.raises(cbor.NotCanonical):
        cbor.read_map(payload)
    with pytest.raises(NotCompact):
        read(sealed(payload))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(changed(_11=1), id="unknown key"),
        pytest.param(changed(_0=b"short"), id="short name of a key"),
        pytest.param(changed(_1=b"\xff" * 17), id="more than a code"),
        pytest.param(changed(_1=bytes(16)), id="less than a code"),
        pytest.param(changed(_2="x" * 301), id="long name"),
        pytest.param(changed(_2=""), id="no name"),
        pytest.param(changed(_2=b"Ana"), id="name in bytes"),
        pytest.param(changed(_5=1 << 40), id="day that never comes"),
        pytest.param(changed(_7=b"x"), id="no list"),
        pytest.param(changed(_8=1 << 40), id="place in no list"),
        pytest.param(changed(_9=True), id="hours that are no number"),
        pytest.param(changed(_10=1), id="demonstration that is a number"),
        pytest.param(b"\x02" + write(SAID, PRIVATE)[1:], id="another version"),
        pytest.param(sealed(cbor.write_map({0: kid_of(PUBLIC)})), id="something missing"),
        pytest.param(changed(_2="ñ" * 300, _3="ñ" * 300), id="too long"),
    ],
)
def test_what_is_rightly_signed_and_wrongly_made_is_refused(data):
    with pytest.raises(NotCompact):
        read(data)


def test_longest_words_are_cut_and_say_so():
    data = write(replace(SAID, name="Ñ" * 250, title="Ñ" * 200, programme="Ñ" * 200), PRIVATE)
    found = read(data)

    assert len(data) <= MOST_BYTES
    assert found.is_held_by(PUBLIC)
    assert all(text.endswith("Ñ…") for text in (found.compact.name, found.compact.title, found.compact.programme))


@pytest.mark.parametrize("text", ["", "#", "https://trenza.example/certificado/K7QX/", "#1", "#A", "#AB", "#ÑÑ", "#MZ"])
def test_other_codes_are_none(text):
    with pytest.raises(NotCompact):
        read(bytes_of(text))


def test_bits_that_belong_to_no_byte_are_refused():
    assert bytes_of("#MY") == base64.b32decode("MY======") == base64.b32decode("MZ======")
    with pytest.raises(NotCompact):
        bytes_of("#MZ")
