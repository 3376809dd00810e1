"""The body of `POST /sync` and its answer (docs/phone.md): what is read, within which limits."""

import zlib
from collections.abc import Iterable
from typing import Annotated, Any, Final, NamedTuple

import msgspec

from trenza.core.errors import DomainError

VERSION: Final = 1
CAN: Final = ["gzip"]
MOST_SENT: Final = 1_000_000
MOST_UNPACKED: Final = 2_000_000
MOST_RECORDS: Final = 1_000
MOST_ENTRIES: Final = 5_000
MOST_CAPABILITIES: Final = 20
_GZIP: Final = 31  # zlib's window, and that a gzip header is asked for

Device = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Batch = Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
Count = Annotated[int, msgspec.Meta(ge=0)]

# First sequence, how many entries, the sealed act.
WireRecord = tuple[int, int, bytes]
# Ephemeral public key, the records sealed under it.
WireSession = tuple[bytes, list[WireRecord]]
WireDevice = tuple[Device, list[WireSession]]


class Unreadable(DomainError):
    """The body is not what docs/phone.md says; `.code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooLarge(DomainError):
    """More bytes, records or entries than one request may have."""


class Body(msgspec.Struct, kw_only=True, frozen=True):
    """What a phone sends. Fields that this version does not know are passed over: newer phones say more."""

    v: int
    batch: Batch
    can: Annotated[list[str], msgspec.Meta(max_length=MOST_CAPABILITIES)] = []
    pending: Count = 0
    now: int | float = 0
    sealed: list[WireDevice] = []
    have: str | msgspec.UnsetType | None = msgspec.UNSET

    @property
    def asks_for_state(self) -> bool:
        """Whether the state is wanted: the digest of what she has is there, be it nil."""
        return self.have is not msgspec.UNSET


class RecordAnswer(NamedTuple):
    """What became of a record: `status` is a `core.journal.Status`; `reason` a code where it was held or refused."""

    device: str
    sequence: int
    status: str
    reason: str


class Reply(msgspec.Struct, kw_only=True):
    """What the server says. `state` is her state, or None where she has it or may not."""

    batch: str
    answers: list[RecordAnswer]
    state: msgspec.Raw | None
    revoked: bool
    cell: dict[str, str]
    shell: str
    v: int = VERSION
    can: list[str] = msgspec.field(default_factory=lambda: list(CAN))


_decoder = msgspec.msgpack.Decoder(Body)
_encoder = msgspec.json.Encoder()


def read(sent: bytes, *, encoding: str) -> Body:
    """The body of a request whose Content-Encoding is `encoding`.

    Raises:
        Unreadable, TooLarge: see there.
    """
    if len(sent) > MOST_SENT:
        raise TooLarge
    body = _decode(_unpacked(sent, encoding))
    if body.v != VERSION:
        raise Unreadable("version")
    check_counts(body.sealed)
    return body


def check_counts(sealed: Iterable[WireDevice]) -> None:
    """Raises TooLarge where there are more records or entries than one request may have."""
    counts = [count for _, sessions in sealed for _, records in sessions for _, count, _ in records]
    if len(counts) > MOST_RECORDS or sum(max(count, 0) for count in counts) > MOST_ENTRIES:
        raise TooLarge


def write(reply: Any) -> bytes:
    """A reply as JSON."""
    return _encoder.encode(reply)


def _unpacked(sent: bytes, encoding: str) -> bytes:
    """Stops at the limit: a small body that unpacks to gigabytes costs no more than one that unpacks to the limit."""
    if encoding in ("", "identity"):
        return sent
    if encoding != "gzip":
        raise Unreadable("encoding")
    unpacking = zlib.decompressobj(_GZIP)
    try:
        plain = unpacking.decompress(sent, MOST_UNPACKED + 1)
    except zlib.error:
        raise Unreadable("gzip") from None
    if len(plain) > MOST_UNPACKED:
        raise TooLarge
    if not unpacking.eof or unpacking.unused_data:
        raise Unreadable("gzip")
    return plain


def _decode(plain: bytes) -> Body:
    try:
        return _decoder.decode(plain)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Unreadable("body") from None
