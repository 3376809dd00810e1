"""Bitstring Status Lists 1.0: one bit for each credential, in a list that says nothing of whose it is."""

import base64
import gzip
import io
from typing import Any, Final

from trenza.core.errors import DomainError

ENTRIES: Final = 1_048_576
"""Of each list of ours: 128 KB, of which a list without revocations needs some hundred bytes on the wire."""
FEWEST: Final = 131_072  # for the privacy of the many: the standard's least
_MOST_BYTES: Final = 4_194_304
_MOST_TEXT: Final = 8_388_608


class NoList(DomainError):
    """It is no status list: too short, too long, or no gzip in base64url after a `u`."""


def encode(indexes: frozenset[int] | set[int], *, entries: int = ENTRIES) -> str:
    """The list in which these bits are set, the first bit being the left one. The same text each time."""
    bits = bytearray(entries // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), 9, mtime=0)).rstrip(b"=").decode()


def decode(text: object) -> bytes:
    """Raises:
    NoList: as it says.
    """
    if not isinstance(text, str) or not text.startswith("u") or len(text) > _MOST_TEXT:
        raise NoList
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            bits = file.read(_MOST_BYTES + 1)
    except (ValueError, OSError, EOFError) as error:
        raise NoList from error
    if not FEWEST // 8 <= len(bits) <= _MOST_BYTES:
        raise NoList
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Raises:
    NoList: the list is not that long.
    """
    if not 0 <= index < len(bits) * 8:
        raise NoList
    return bool(bits[index // 8] & 0x80 >> index % 8)


def entry(address: str, index: int, purpose: str) -> dict[str, Any]:
    """What a credential says of where its status stands."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }
