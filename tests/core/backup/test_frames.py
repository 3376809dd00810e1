"""Frames: what is written is read, and nothing else is believed."""

import io
import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.backup.examples import WHOLE, a_manifest
from trenza.core.backup import frames
from trenza.core.backup.errors import Damaged

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.binary() | st.floats(allow_nan=False)


def unpack(data: bytes) -> list[frames.Frame]:
    return [frame for frame, _ in frames.unpack(io.BytesIO(data))]


@given(st.lists(st.tuples(VALUES, VALUES)))
def test_rows_come_back_as_they_were(rows):
    [found] = unpack(b"".join(frames.pack_rows(3, rows)))

    assert found == frames.Rows(3, [list(row) for row in rows])


@pytest.mark.parametrize("frame", [a_manifest(), *WHOLE], ids=lambda frame: type(frame).__name__)
def test_frames_come_back_as_they_were(frame):
    assert unpack(frames.pack(frame)) == [frame]


def test_rows_that_are_too_large_for_a_frame_are_shared_out(monkeypatch):
    monkeypatch.setattr(frames, "MOST_BYTES", 1_000)
    rows = [(number, "x" * 300) for number in range(10)]

    found = unpack(b"".join(frames.pack_rows(0, rows)))

    assert [row for frame in found if isinstance(frame, frames.Rows) for row in frame.rows] == [list(r) for r in rows]
    assert len(found) == 4
    with pytest.raises(ValueError, match="larger than a backup may hold"):
        list(frames.pack_rows(0, [(1, "x" * 1_000)]))


@given(st.data())
def test_what_is_cut_off_is_damaged(data):
    whole = b"".join(frames.pack(frame) for frame in (a_manifest(), *WHOLE))
    ends = {0}
    for frame in (a_manifest(), *WHOLE):
        ends.add(max(ends) + len(frames.pack(frame)))
    length = data.draw(st.integers(0, len(whole) - 1).filter(lambda at: at not in ends))

    with pytest.raises(Damaged):
        unpack(whole[:length])


def framed(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


@pytest.mark.parametrize(
    "content",
    [
        framed(b"no zlib"),
        framed(zlib.compress(b"\xff\xff")),
        framed(zlib.compress(msgspec.msgpack.encode({"type": "other"}))),
        framed(zlib.compress(msgspec.msgpack.encode({"type": "rows", "table": "x", "rows": []}))),
        framed(zlib.compress(msgspec.msgpack.encode({"type": "part", "file": 0}))),
        framed(zlib.compress(bytes(frames.MOST_BYTES + 1))),
        (2**31).to_bytes(4, "big"),
        bytes(4),
    ],
    ids=["not compressed", "no message", "no frame", "wrong type", "half a frame", "bomb", "too long", "empty"],
)
def test_what_is_no_frame_is_damaged(content):
    with pytest.raises(Damaged):
        unpack(content)
