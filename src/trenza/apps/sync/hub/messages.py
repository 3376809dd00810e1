"""What a hub and its cell say to each other, over a line or in a file: the same messages (docs/hub-protocol.md).

A message is compressed, and proved with the secret of the pairing: neither a captive portal nor who finds a file can
make one. Keys that this version does not know are passed over, and those that are missing have a default.
"""

import hashlib
import hmac
import zlib
from importlib.metadata import version
from typing import Annotated, Any, Final, Literal, TypeVar
from uuid import UUID

import msgspec

from trenza.apps.sync.wire import TooLarge, Unreadable, WireDevice

VERSION: Final = 1
CAN: Final = ["zlib"]
MOST_SENT: Final = 1_000_000
MOST_UNPACKED: Final = 8_000_000
_LEVEL: Final = 6
_PROOF: Final = b"trenza hub message v1"

Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Batch = Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
Mark = Annotated[bytes, msgspec.Meta(max_length=16)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Name = Annotated[str, msgspec.Meta(max_length=80)]
NOT_ASKED: Final = bytes(8)
"""The `batch` of an answer in a file: it answers whatever had been handed in."""


class Request(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What a hub says. `entries` (entries_wire.py) are all that it must hand on of its positions from `after`, whose
    `mark` it had acknowledged, up to `upto`; `top` is its newest position, `more` whether some wait behind `upto`.
    `page` is the newest page of rows that it ever put in place, `applied` those not acknowledged to it yet. `tables`
    are those that it knows, and `forms` in which form, where the cell was not told yet; `rows` is whether a page is
    wanted. `csr` asks for a certificate of the hub's name, where the cell was not asked for this key yet."""

    v: int
    batch: Batch
    can: Annotated[list[Name], msgspec.Meta(max_length=20)] = []
    program: Name = ""
    after: Count = 0
    mark: Mark = b""
    upto: Count = 0
    top: Count = 0
    more: bool = False
    devices: Annotated[list[Id], msgspec.Meta(max_length=100)] = []
    entries: bytes = b""
    sealed: list[WireDevice] = []
    waiting: Count = 0
    page: Count = 0
    applied: Annotated[list[Count], msgspec.Meta(max_length=10_000)] = []
    tables: Annotated[list[Name], msgspec.Meta(max_length=200)] | None = None
    forms: Annotated[dict[Name, Name], msgspec.Meta(max_length=200)] = {}
    rows: bool = True
    csr: Annotated[bytes, msgspec.Meta(max_length=2_000)] = b""


# Of an entry or a sealed record that was not simply taken in: device, sequence, what became of it, why.
NotTaken = tuple[Id, int, str, str]


class TableRows(msgspec.Struct, array_like=True, frozen=True):
    """What has changed in a table: rows by their keys, and keys that are gone."""

    name: Name
    upserts: list[tuple[bytes, msgspec.Raw]]
    tombstones: list[bytes]


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows for the hub. Of one row the page with the higher number is the newer, in whatever order they arrive."""

    number: Count
    tables: list[TableRows]


class Answer(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What the cell says. Everything up to `upto` is safe, but for what `not_taken` names; `mark` says of which
    entries that is true. `again`: the cell does not know the hub's `after`; it begins anew, and nothing is doubled.
    `went_back`: the hub gives numbers that it gave before; it shall take a new device. `carried` answers sealed
    records that are held or refused. `cell` are the id and the public key that phones seal for."""

    v: int
    batch: Batch
    can: list[Name] = []
    upto: Count = 0
    mark: Mark = b""
    again: bool = False
    went_back: bool = False
    not_taken: list[NotTaken] = []
    carried: list[NotTaken] = []
    page: Page | None = None
    revoked: bool = False
    cell: tuple[Name, bytes] | None = None


class _Frame(msgspec.Struct, array_like=True, frozen=True):
    v: int
    hub: Id
    packed: bytes
    proof: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class NotProved(Unreadable):
    """It was not made by the other side of this pairing, or was changed on its way."""

    def __init__(self) -> None:
        super().__init__("proof")


Way = Literal["up", "down"]
M = TypeVar("M", Request, Answer)
_WAYS: Final[dict[type[Any], Way]] = {Request: "up", Answer: "down"}
_frames: Final = msgspec.msgpack.Decoder(_Frame)


def can() -> list[str]:
    """What this version can do beyond what every version can."""
    return list(CAN)


def program() -> str:
    """Which version speaks."""
    return version("trenza")


def write(message: Request | Answer, *, hub: UUID, secret: bytes) -> bytes:
    """The message as it travels."""
    packed = zlib.compress(msgspec.msgpack.encode(message), _LEVEL)
    return msgspec.msgpack.encode(
        _Frame(VERSION, hub.bytes, packed, _proof(_WAYS[type(message)], hub.bytes, packed, secret))
    )


def whose(sent: bytes) -> UUID:
    """The hub that a message says it is of, or for: not proved yet.

    Raises:
        Unreadable, TooLarge: see there.
    """
    return UUID(bytes=_frame(sent).hub)


def read(sent: bytes, kind: type[M], *, hub: UUID, secret: bytes) -> M:
    """A message of the other side.

    Raises:
        NotProved, Unreadable, TooLarge: see there.
    """
    frame = _frame(sent)
    proof = _proof(_WAYS[kind], hub.bytes, frame.packed, secret)
    if frame.hub != hub.bytes or not hmac.compare_digest(frame.proof, proof):
        raise NotProved
    try:
        message = msgspec.msgpack.decode(_unpacked(frame.packed), type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Unreadable("body") from None
    if message.v != VERSION:
        raise Unreadable("version")
    return message


def next_mark(mark: bytes, upto: int, entries: bytes) -> bytes:
    """The mark of a position: which entries were handed on up to there, in which portions. Both sides work it out."""
    return hashlib.sha256(mark + upto.to_bytes(8, "big") + entries).digest()[:16]


def _frame(sent: bytes) -> _Frame:
    if len(sent) > MOST_SENT:
        raise TooLarge
    try:
        frame = _frames.decode(sent)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Unreadable("frame") from None
    if frame.v != VERSION:
        raise Unreadable("version")
    return frame


def _proof(way: Way, hub: bytes, packed: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, _PROOF + way.encode() + hub + packed, "sha256")


def _unpacked(packed: bytes) -> bytes:
    """Stops at the limit, however little the bytes were that unpack to it."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, MOST_UNPACKED + 1)
    except zlib.error:
        raise Unreadable("zlib") from None
    if len(plain) > MOST_UNPACKED:
        raise TooLarge
    if not unpacking.eof or unpacking.unused_data:
        raise Unreadable("zlib")
    return plain
