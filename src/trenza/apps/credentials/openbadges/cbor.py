"""The little of CBOR (RFC 8949) that the compact form is written in, and only as its section 4.2.1 writes it.

Read by hand because what is read comes from strangers: whatever is not one of these five kinds of value, in their one
shortest form, is refused before it means anything.
"""

from typing import Final

from trenza.core.errors import DomainError

Value = int | bytes | str | bool

_UNSIGNED, _BYTES, _TEXT, _MAP = 0, 2, 3, 5
_TRUE: Final = 0xF5
_SHORT: Final = 24  # below it a number stands within the first byte
_WIDTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}


class NotCanonical(DomainError):
    """It is no such map, or not written as there is only one way to write it."""


def write_map(values: dict[int, Value]) -> bytes:
    """A map whose keys ascend; `True` is the only boolean that it may hold."""
    parts = [_head(_UNSIGNED, key) + _value(value) for key, value in sorted(values.items())]
    return _head(_MAP, len(parts)) + b"".join(parts)


def read_map(data: bytes) -> dict[int, Value]:
    """The map that these bytes are, all of them.

    Raises:
        NotCanonical: as it says.
    """
    reader = _Reader(data)
    found: dict[int, Value] = {}
    for _entry in range(reader.head(_MAP)):
        key = reader.head(_UNSIGNED)
        if found and key <= max(found):
            raise NotCanonical("a key stands twice, or before a smaller one")
        found[key] = reader.value()
    if reader.left:
        raise NotCanonical("something follows")
    return found


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.left = data

    def head(self, kind: int) -> int:
        """The number in the head of a value of this kind: itself, or how long what follows is."""
        first = self._take(1)[0]
        number = first & 0x1F
        if first >> 5 != kind:
            raise NotCanonical("another kind of value")
        if number < _SHORT:
            return number
        width = _WIDTHS.get(number)
        if width is None:
            raise NotCanonical("a length that is not stated")
        long = int.from_bytes(self._take(width))
        if long < (_SHORT if width == 1 else 1 << 4 * width):
            raise NotCanonical("a number longer than it need be")
        return long

    def value(self) -> Value:
        """The next single value."""
        first = self.left[:1]
        if first == bytes([_TRUE]):
            self._take(1)
            return True
        kind = first[0] >> 5 if first else _UNSIGNED
        if kind == _BYTES:
            return self._take(self.head(_BYTES))
        if kind == _TEXT:
            try:
                return self._take(self.head(_TEXT)).decode()
            except UnicodeDecodeError as error:
                raise NotCanonical("no text") from error
        return self.head(_UNSIGNED)

    def _take(self, count: int) -> bytes:
        if len(self.left) < count:
            raise NotCanonical("it ends too early")
        taken, self.left = self.left[:count], self.left[count:]
        return taken


def _value(value: Value) -> bytes:
    if value is True:
        return bytes([_TRUE])
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        encoded = value.encode()
        return _head(_TEXT, len(encoded)) + encoded
    return _head(_UNSIGNED, value)


def _head(kind: int, number: int) -> bytes:
    if number < _SHORT:
        return bytes([kind << 5 | number])
    at, width = next((at, width) for at, width in _WIDTHS.items() if number < 1 << 8 * width)
    return bytes([kind << 5 | at]) + number.to_bytes(width)
