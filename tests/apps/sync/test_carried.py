"""Files and codes of sealed records: read whole, or refused whole."""

from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.sync import carried
from trenza.apps.sync.carried import UnreadableRecords, from_base45, read_carried_code, read_carried_file

SESSION = b"\4" + bytes(64)
RECORDS = [(UUID(int=1).bytes, [(SESSION, [(1, 4, b"sealed"), (5, 2, b"too")])])]


def packed(*, device: bytes = UUID(int=1).bytes, session: bytes = SESSION, held: object = None, v: int = 1) -> bytes:
    records = [[1, 4, b"sealed"], [5, 2, b"too"]] if held is None else held
    return msgspec.msgpack.encode({"v": v, "sealed": [[device, [[session, records]]]]})


def to_base45(content: bytes) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    text = ""
    for start in range(0, len(content), 2):
        part = content[start : start + 2]
        value = int.from_bytes(part, "big")
        for _ in range(len(part) + 1):
            text += digits[value % 45]
            value //= 45
    return text


@pytest.mark.parametrize(("text", "content"), [("BB8", b"AB"), ("%69 VD92EX0", b"Hello!!"), ("QED8WEX0", b"ietf!")])
def test_from_base45_reads_the_examples_of_the_standard(text, content):
    assert from_base45(text) == content


@given(st.binary(max_size=200))
def test_from_base45_reads_any_bytes(content):
    assert from_base45(to_base45(content)) == content


@pytest.mark.parametrize("text", ["A", "::", ":::", "AB8A", "ab8", "Ñ"])
def test_from_base45_refuses_what_stands_for_nothing(text):
    with pytest.raises(UnreadableRecords):
        from_base45(text)


def test_file_gives_its_records():
    assert read_carried_file(b"TRZ1" + packed()) == RECORDS


def test_code_gives_its_records_and_its_place_in_the_series():
    code = read_carried_code(f"TRZ1:2/7:{to_base45(packed())}")

    assert (code.number, code.of, code.sealed) == (2, 7, RECORDS)


@pytest.mark.parametrize(
    "content",
    [
        packed(device=b"short"),
        packed(held=[["1", 1, b""]]),
        packed(held=[[1, 5_001, b""]]),
        packed(held=[[n, 1, b""] for n in range(1, 1_002)]),
        packed()[:-1],
        packed() + b"\0",
        b"",
        b"\x91" * 10_000,
    ],
    ids=lambda content: f"{len(content)} bytes",
)
def test_what_is_not_whole_is_refused(content):
    with pytest.raises(UnreadableRecords):
        read_carried_file(b"TRZ1" + content)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    for read in (lambda: read_carried_file(content), lambda: read_carried_file(b"TRZ1" + content)):
        try:
            assert isinstance(read(), list)
        except UnreadableRecords:
            continue


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"TRZ1:1/1:{text}", f"TRZ1:{text}"):
        with pytest.raises(UnreadableRecords):
            read_carried_code(whole)


def test_file_larger_than_a_phone_makes_is_refused(monkeypatch):
    monkeypatch.setattr(carried, "MOST_UNPACKED", 20)

    with pytest.raises(UnreadableRecords):
        read_carried_file(b"TRZ1" + packed())
