"""What stands within a backup: frames, each a length (4 bytes, big-endian) and compressed MessagePack.

First a `Manifest`, which declares everything that follows; then `Rows` of its tables in its order; then `Part`s of its
files in its order; last an `End`. A reader refuses whatever the manifest did not declare, so that what a stranger made
can fill neither the memory nor the disk.
"""

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from trenza.core.backup.errors import Damaged

FORMAT = 1
MOST_BYTES = 64 * 2**20  # of one frame, before compression
MOST_FRAMED = MOST_BYTES + 2**20
_LEVEL = 1  # the disk is slower than this, a higher level is not
_LENGTH = 4

# What the engines take as it is. A list, say, they refuse, and that is said as damage.
Value = Any


class Column(msgspec.Struct, frozen=True, array_like=True):
    """A column and how its values are written down (`schema.KINDS`)."""

    name: str
    kind: str


class Table(msgspec.Struct, frozen=True, array_like=True):
    """A table with the columns of its primary key, in whose order its rows stand."""

    name: str
    columns: list[Column]
    key: list[str]


class Manifest(msgspec.Struct, frozen=True, tag="manifest", kw_only=True):
    """What the backup is of, and all that it holds. Of the secret key only a fingerprint."""

    format: int
    trenza: str
    made_at: str
    engine: str
    system: str
    device: str
    position: int
    tables: list[Table]
    rows: list[int]
    files: list[tuple[str, int]]
    migrations: list[tuple[str, str]]
    database_bytes: int
    secret_key: str


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """Some rows of the table with this number."""

    table: int
    rows: list[list[Value]]


class Part(msgspec.Struct, frozen=True, tag="part"):
    """The next bytes of the file with this number; `digest` (SHA-256) with the last of them, empty if it vanished."""

    file: int
    content: bytes
    digest: str | None = None


class End(msgspec.Struct, frozen=True, tag="end"):
    """Nothing is missing: how many rows of each table came, and how many files."""

    rows: list[int]
    files: int


Frame = Manifest | Rows | Part | End
_encode = msgspec.msgpack.Encoder().encode
_decoder: msgspec.msgpack.Decoder[Frame] = msgspec.msgpack.Decoder(Frame)


def pack(frame: Frame) -> bytes:
    """A frame as it is written."""
    compressed = zlib.compress(_encode(frame), _LEVEL)
    return len(compressed).to_bytes(_LENGTH, "big") + compressed


def pack_rows(table: int, rows: list[tuple[Any, ...]]) -> Iterator[bytes]:
    """Frames of these rows: halved until none is too large for a reader.

    Raises:
        ValueError: one row alone is.
    """
    encoded = _encode({"type": "rows", "table": table, "rows": rows})
    if len(encoded) > MOST_BYTES:
        if len(rows) == 1:
            raise ValueError(f"a row of {len(encoded)} bytes is larger than a backup may hold")
        middle = len(rows) // 2
        yield from pack_rows(table, rows[:middle])
        yield from pack_rows(table, rows[middle:])
        return
    compressed = zlib.compress(encoded, _LEVEL)
    yield len(compressed).to_bytes(_LENGTH, "big") + compressed


def unpack(stream: BinaryIO) -> Iterator[tuple[Frame, int]]:
    """Each frame with its size before compression.

    Raises:
        Damaged: it is cut off, is too large, or is no frame.
    """
    while prefix := stream.read(_LENGTH):
        length = int.from_bytes(prefix, "big")
        if len(prefix) < _LENGTH or not 0 < length <= MOST_FRAMED:
            raise Damaged("It is cut off, or not written by Trenza.")
        body = stream.read(length)
        if len(body) < length:
            raise Damaged("It is cut off.")
        yield _unpack(body)


def _unpack(body: bytes) -> tuple[Frame, int]:
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(body, MOST_BYTES)
        if not inflate.eof or inflate.unused_data:
            raise Damaged("A part of it is larger than it may be.")
        return _decoder.decode(content), len(content)
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged("A part of it cannot be read.") from error
