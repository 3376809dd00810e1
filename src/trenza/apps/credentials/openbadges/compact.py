"""The compact form: what a QR code on paper holds, so that it is checked where there is no signal.

It says what the certificate says, signed by the same key over other bytes, so that neither signature is ever taken for
the other. docs/credentials.md has it byte by byte. Its text is an address whose fragment no server ever receives.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from trenza.apps.credentials.openbadges import cbor, keys
from trenza.core.errors import DomainError

VERSION: Final = 1
PATH: Final = "/V/#"
MOST_BYTES: Final = 1_024
MOST_LETTERS: Final = 300
"""Of a name or a title that is read."""
LETTERS_OF_NAME: Final = 90
LETTERS_OF_TITLE: Final = 60
LETTERS_OF_PROGRAMME: Final = 40
"""As many are written, an ellipsis (…) in the place of the last where there are more: a code on 30 mm of paper gets
too fine for a phone before it gets too long for the form."""

_PREFIX: Final = b"trenza-compact-1\x00"
_HEAD: Final = 1 + keys.SIGNATURE_BYTES
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, in which codes are written
_CODE_LETTERS: Final = 26
_CODE_BYTES: Final = 17
_KID_BYTES: Final = 8
_EPOCH: Final = date(1970, 1, 1)
_MOST_DAYS: Final = (date.max - _EPOCH).days
_MOST_NUMBER: Final = 1 << 31

_KID, _CODE, _NAME, _TITLE, _PROGRAMME, _ISSUED, _UNTIL, _LIST, _INDEX, _HOURS, _DEMONSTRATION = range(11)
_NEEDED: Final = {
    _KID: bytes, _CODE: bytes, _NAME: str, _TITLE: str, _PROGRAMME: str, _ISSUED: int, _LIST: bytes, _INDEX: int,
}  # fmt: skip
_OPTIONAL: Final = {_UNTIL: int, _HOURS: int, _DEMONSTRATION: bool}

_Kind = TypeVar("_Kind")


class NotCompact(DomainError):
    """It is no compact form that we can read: of another version, cut, or written in another way."""


@dataclass(frozen=True, kw_only=True)
class Compact:
    """What it says. `list` and `index` are its place in a status list; `until` is the last day on which it holds."""

    code: str
    name: str
    title: str
    programme: str
    issued: date
    list: UUID
    index: int
    until: date | None = None
    hours: int | None = None
    demonstration: bool = False


@dataclass(frozen=True)
class Sealed:
    """A compact form as it was read; nothing in it is to be believed before `is_held_by` says so."""

    compact: Compact
    kid: bytes
    """Which key it names (`kid_of`)."""
    signature: bytes
    payload: bytes

    def is_held_by(self, key: Ed25519PublicKey) -> bool:
        """Whether it names this key, and was signed with it."""
        return self.kid == kid_of(key) and keys.holds(key, self.signature, _PREFIX + self.payload)


def kid_of(key: Ed25519PublicKey) -> bytes:
    """The name of a key in eight bytes."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:_KID_BYTES]


def write(compact: Compact, private: Ed25519PrivateKey) -> bytes:
    """Signed; the same bytes each time. Long names and titles are cut (`LETTERS_OF_NAME`)."""
    values: dict[int, cbor.Value] = {
        _KID: kid_of(private.public_key()),
        _CODE: _packed(compact.code),
        _NAME: _cut(compact.name, LETTERS_OF_NAME),
        _TITLE: _cut(compact.title, LETTERS_OF_TITLE),
        _PROGRAMME: _cut(compact.programme, LETTERS_OF_PROGRAMME),
        _ISSUED: (compact.issued - _EPOCH).days,
        _LIST: compact.list.bytes,
        _INDEX: compact.index,
    }
    if compact.until is not None:
        values[_UNTIL] = (compact.until - _EPOCH).days
    if compact.hours is not None:
        values[_HOURS] = compact.hours
    if compact.demonstration:
        values[_DEMONSTRATION] = True
    payload = cbor.write_map(values)
    return bytes([VERSION]) + private.sign(_PREFIX + payload) + payload


def read(data: bytes) -> Sealed:
    """What these bytes say, and who says that they signed it.

    Raises:
        NotCompact: as it says.
    """
    if len(data) > MOST_BYTES or len(data) <= _HEAD or data[0] != VERSION:
        raise NotCompact("of another version, or of another length")
    payload = data[_HEAD:]
    try:
        values = cbor.read_map(payload)
    except cbor.NotCanonical as error:
        raise NotCompact(str(error)) from error
    _ensure_kinds(values)
    return Sealed(_said(values), bytes(_at(values, _KID, bytes)), data[1:_HEAD], payload)


def text_of(data: bytes, base_url: str) -> str:
    """What the QR code holds: an address of ours in capitals, which such codes write in fewer dots."""
    return f"{base_url.upper()}{PATH}{base64.b32encode(data).decode().rstrip('=')}"


def bytes_of(text: str) -> bytes:
    """The bytes in what a reader of QR codes gave, whatever address stands before them.

    Raises:
        NotCompact: there are none, or they are written in another way.
    """
    _address, sign, written = text.strip().rpartition("#")
    if not sign or len(written) > 2 * MOST_BYTES or not written.isascii():
        raise NotCompact("no compact form follows the address")
    written = written.upper()
    try:
        data = base64.b32decode(written + "=" * (-len(written) % 8))
    except ValueError as error:
        raise NotCompact("no base 32") from error
    if base64.b32encode(data).decode().rstrip("=") != written:
        raise NotCompact("bits that belong to no byte")
    return data


def _ensure_kinds(values: dict[int, cbor.Value]) -> None:
    kinds = _NEEDED | _OPTIONAL
    if not _NEEDED.keys() <= values.keys() <= kinds.keys():
        raise NotCompact("something is missing, or unknown")
    if any(type(value) is not kinds[key] for key, value in values.items()):
        raise NotCompact("a value of another kind")
    texts = [value for value in values.values() if isinstance(value, str)]
    if not all(0 < len(text) <= MOST_LETTERS for text in texts):
        raise NotCompact("a text that is empty or too long")


def _said(values: dict[int, cbor.Value]) -> Compact:
    if len(_at(values, _KID, bytes)) != _KID_BYTES or max(_at(values, _INDEX, int), _hours(values) or 0) > _MOST_NUMBER:
        raise NotCompact("a key or a number of another size")
    try:
        listed = UUID(bytes=_at(values, _LIST, bytes))
    except ValueError as error:
        raise NotCompact("no list") from error
    return Compact(
        code=_unpacked(_at(values, _CODE, bytes)),
        name=_at(values, _NAME, str),
        title=_at(values, _TITLE, str),
        programme=_at(values, _PROGRAMME, str),
        issued=_day(_at(values, _ISSUED, int)),
        until=_day(_at(values, _UNTIL, int)) if _UNTIL in values else None,
        list=listed,
        index=_at(values, _INDEX, int),
        hours=_hours(values),
        demonstration=_DEMONSTRATION in values,
    )


def _at(values: dict[int, cbor.Value], key: int, kind: type[_Kind]) -> _Kind:
    value = values[key]
    assert isinstance(value, kind)
    return value


def _hours(values: dict[int, cbor.Value]) -> int | None:
    return _at(values, _HOURS, int) if _HOURS in values else None


def _day(days: int) -> date:
    if days > _MOST_DAYS:
        raise NotCompact("a day that never comes")
    return _EPOCH + timedelta(days=days)


def _packed(code: str) -> bytes:
    number = 0
    for letter in code:
        number = number * len(_DIGITS) + _DIGITS.index(letter)
    return number.to_bytes(_CODE_BYTES)


def _unpacked(data: bytes) -> str:
    number = int.from_bytes(data)
    if len(data) != _CODE_BYTES or number >= len(_DIGITS) ** _CODE_LETTERS:
        raise NotCompact("no code")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_CODE_LETTERS)))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
