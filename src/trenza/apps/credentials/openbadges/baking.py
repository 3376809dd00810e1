"""A credential within a picture (Open Badges 3.0, 5.3.1): a PNG with a chunk `iTXt` whose keyword is
`openbadgecredential` and whose text is the document.

What is unbaked comes from strangers: nothing in it is decoded but the chunk, and a chunk that is packed is refused, as
the standard says, so that no small file becomes a large one.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final

from trenza.apps.credentials.openbadges import reading
from trenza.core.errors import DomainError

KEYWORD: Final = b"openbadgecredential"
MOST_BYTES: Final = 4_194_304
MOST_CHUNKS: Final = 4_096
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_AROUND: Final = 12  # a chunk's length, kind and checksum
_PLAIN: Final = b"\x00\x00"  # not packed, and by no method


class NotBaked(DomainError):
    """It is no whole PNG with one credential in it that lies open."""


def bake(png: bytes, document: bytes) -> bytes:
    """The picture with the document (JSON in UTF-8) in it, in the place of one that was there before.

    Raises:
        NotBaked: it is no whole PNG.
    """
    text = KEYWORD + b"\x00" + _PLAIN + b"\x00\x00" + document  # without a language, and without a translated keyword
    kept = [(kind, data) for kind, data in _chunks(png) if not _is_ours(kind, data)]
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in [*kept[:-1], (b"iTXt", text), kept[-1]])


def unbake(png: bytes) -> dict[str, Any]:
    """The document in a picture, read as `reading.read_document` reads any.

    Raises:
        NotBaked: there is none, or there are two, or it is packed.
        Unreadable: what is in it is no document.
    """
    return reading.read_document(baked_text(png))


def baked_text(png: bytes) -> bytes:
    """What is written in a picture: a document, or the token that others put there.

    Raises:
        NotBaked: there is none, or there are two, or it is packed.
    """
    found = [data for kind, data in _chunks(png) if _is_ours(kind, data)]
    if len(found) != 1:
        raise NotBaked("no credential, or more than one")
    rest = found[0][len(KEYWORD) + 1 :]
    if rest[:2] != _PLAIN:
        raise NotBaked("the credential is packed")
    parts = rest[2:].split(b"\x00", 2)
    if len(parts) != len(("language", "translated keyword", "text")):
        raise NotBaked("the chunk ends too early")
    return parts[2]


def _is_ours(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(KEYWORD + b"\x00")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each, from IHDR to IEND. Raises NotBaked where a length or a checksum is wrong."""
    if len(png) > MOST_BYTES or not png.startswith(_SIGNATURE):
        raise NotBaked("no PNG, or too large")
    place, kind = len(_SIGNATURE), b""
    for number in range(MOST_CHUNKS):
        head = png[place : place + 8]
        if len(head) < 8:
            raise NotBaked("it ends too early")
        length, kind = struct.unpack(">I4s", head)
        data = png[place + 8 : place + 8 + length]
        end = png[place + 8 + length : place + _AROUND + length]
        if len(data) != length or end != struct.pack(">I", zlib.crc32(kind + data)):
            raise NotBaked("a chunk is not whole")
        if (number == 0) != (kind == b"IHDR"):
            raise NotBaked("it does not begin as a PNG")
        yield kind, data
        place += _AROUND + length
        if kind == b"IEND":
            break
    if kind != b"IEND" or place != len(png):
        raise NotBaked("it does not end as a PNG")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
