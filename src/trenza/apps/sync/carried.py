"""Sealed records that left a phone without a signal: in a file, or in a series of QR codes (assets/phone/carry.js).

A file is `TRZ1` and MessagePack; a code is `TRZ1:number/of:` and the same in base 45. Each code stands for itself.
Whoever made them may be anybody: sizes and counts are bounded, and records prove themselves when they are opened.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from trenza.apps.sync.wire import MOST_UNPACKED, TooLarge, WireDevice, check_counts
from trenza.core.errors import DomainError

MAGIC: Final = b"TRZ1"
_CODE: Final = re.compile(r"TRZ1:([1-9]\d{0,3})/([1-9]\d{0,3}):([0-9A-Z $%*+\-./:]{1,4296})")
_DIGITS: Final = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}


class UnreadableRecords(DomainError):
    """Not a file or a code that our phones make, or cut off, or too large."""


class CarriedCode(NamedTuple):
    """One QR code: its `number` in a series `of` so many, and the records in it."""

    number: int
    of: int
    sealed: Sequence[WireDevice]


class _Carried(msgspec.Struct, frozen=True):
    v: int
    sealed: list[WireDevice]


_decoder: Final = msgspec.msgpack.Decoder(_Carried)


def read_carried_file(content: bytes) -> Sequence[WireDevice]:
    """The records in a file, as `receive` takes them.

    Raises:
        UnreadableRecords: see there.
    """
    if not content.startswith(MAGIC):
        raise UnreadableRecords
    return _records(content[len(MAGIC) :])


def read_carried_code(text: str) -> CarriedCode:
    """The records in the text of a QR code.

    Raises:
        UnreadableRecords: see there.
    """
    found = _CODE.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]):
        raise UnreadableRecords
    return CarriedCode(int(found[1]), int(found[2]), _records(from_base45(found[3])))


def from_base45(text: str) -> bytes:
    """The bytes that a text in base 45 stands for (RFC 9285).

    Raises:
        UnreadableRecords: it is no such text.
    """
    content = bytearray()
    for start in range(0, len(text), 3):
        digits = [_DIGITS.get(letter, 45**3) for letter in text[start : start + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(digits))
        if len(digits) == 1 or value > (0xFFFF if len(digits) == 3 else 0xFF):
            raise UnreadableRecords
        content += value.to_bytes(len(digits) - 1, "big")
    return bytes(content)


def _records(packed: bytes) -> Sequence[WireDevice]:
    if len(packed) > MOST_UNPACKED:
        raise UnreadableRecords
    try:
        sealed = _decoder.decode(packed).sealed
        check_counts(sealed)
    except (msgspec.MsgspecError, ValueError, RecursionError, TooLarge):
        raise UnreadableRecords from None
    return sealed
