"""The same messages in a file, where no line is: locked for the other side alone, and proved by the pairing.

A file is `TRZH1` and, encrypted with age for the other side, a list of messages. It may be read late, twice, or after a
newer one: what is in it changes only what it knows more about.
"""

from typing import Final, NamedTuple
from uuid import UUID

import msgspec
import pyrage
from pyrage.x25519 import Recipient

from trenza.apps.sync.hub import exchange, keys, messages, pairing, sending
from trenza.apps.sync.hub.errors import NotForUs
from trenza.apps.sync.hub.messages import Answer, Request
from trenza.apps.sync.hub.upstream import secret_of, upstream
from trenza.apps.sync.models import Hub
from trenza.apps.sync.wire import TooLarge, Unreadable

MAGIC: Final = b"TRZH1"
MOST_BYTES: Final = 200_000_000
_MOST_MESSAGES: Final = 10_000
_messages: Final = msgspec.msgpack.Decoder(list[bytes])


class HandedIn(NamedTuple):
    """What a file of a hub came to, on the cell: entries and records in it, and those that were not taken in."""

    hub: Hub
    messages: int
    not_taken: int


class HandedBack(NamedTuple):
    """What a file of the cell came to, on the hub."""

    pages: int
    revoked: bool


def export_for_cell() -> bytes:
    """On the hub: everything that waits, for the cell alone.

    Raises:
        NotPaired, KeyLost: see there.
    """
    row = upstream()
    secret, composed = secret_of(row), sending.compose_all(row=row)
    sending.note_exported(messages=composed)
    return _locked([messages.write(each.request, hub=row.hub, secret=secret) for each in composed], row.recipient)


def import_from_hub(content: bytes, *, centre: UUID | None = None) -> HandedIn:
    """On the cell: take in what a hub wrote; where a `centre` is named, only what a hub of that centre did.

    Raises:
        NotForUs: see there.
    """
    sent = _unlocked(content)
    try:
        hub = pairing.hub_named(messages.whose(sent[0]))
        secret = pairing.secret_of(hub) if hub else None
        if hub is None or secret is None or centre not in (None, hub.centre):
            raise NotForUs
        # All are looked at before the first is taken in: a file is of one hub, and whole.
        requests = [messages.read(each, Request, hub=hub.pk, secret=secret) for each in sent]
        taken = [exchange.take_file(hub=hub, request=request) for request in requests]
    except (Unreadable, TooLarge):
        raise NotForUs from None
    return HandedIn(hub, len(requests), sum(len(each.not_taken) for each in taken))


def export_for_hub(*, hub: Hub) -> bytes:
    """On the cell: what a hub is to be told, for it alone.

    Raises:
        NotForUs: another SECRET_KEY locked the secret of its pairing.
    """
    secret = pairing.secret_of(hub)
    if secret is None:
        raise NotForUs
    answers = exchange.answers_for_file(hub=hub)
    return _locked([messages.write(each, hub=hub.pk, secret=secret) for each in answers], hub.recipient)


def import_from_cell(content: bytes) -> HandedBack:
    """On the hub: put in place what the cell wrote.

    Raises:
        NotForUs, NotPaired, KeyLost: see there.
    """
    row = upstream()
    secret = secret_of(row)
    try:
        answers = [messages.read(each, Answer, hub=row.hub, secret=secret) for each in _unlocked(content)]
    except (Unreadable, TooLarge):
        raise NotForUs from None
    pages = 0
    for answer in answers:
        if answer.upto or answer.revoked or answer.cell:
            sending.note_file_answer(answer=answer)
        pages += sending.take_page(answer=answer)
    return HandedBack(pages, any(answer.revoked for answer in answers))


def _locked(sent: list[bytes], recipient: str) -> bytes:
    packed = msgspec.msgpack.encode(sent)
    return MAGIC + bytes(pyrage.encrypt(packed, [Recipient.from_str(recipient)]))


def _unlocked(content: bytes) -> list[bytes]:
    if not content.startswith(MAGIC) or len(content) > MOST_BYTES:
        raise NotForUs
    try:
        found = _messages.decode(pyrage.decrypt(content[len(MAGIC) :], [keys.own_identity()]))
    except (pyrage.DecryptError, msgspec.MsgspecError, ValueError):
        raise NotForUs from None
    if not 0 < len(found) <= _MOST_MESSAGES:
        raise NotForUs
    return found
