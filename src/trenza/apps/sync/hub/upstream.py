"""On the hub: the cell that it is paired with."""

from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from trenza.apps.sync.hub import keys
from trenza.apps.sync.hub.errors import AlreadyPaired, KeyLost, NotPaired
from trenza.apps.sync.models import NotTakenIn, OwnCertificate, ReceivedRow, Upstream
from trenza.core import clock
from trenza.core.journal import action

_UNKNOWN_THERE: Final = ("token", "proof")
"""What a cell answers to whom it does not know: it was put back from a copy from before the pairing, or another took
its place. Nobody there can revoke such a hub."""


class Credentials(NamedTuple):
    """What a cell told its new hub, once."""

    hub: UUID
    name: str
    centre: UUID
    token: bytes
    secret: bytes
    recipient: str
    cell: str
    cell_public: bytes


def upstream() -> Upstream:
    """The cell of this hub.

    Raises:
        NotPaired: see there.
    """
    found = Upstream.objects.first()
    if found is None:
        raise NotPaired
    return found


def cell_key_for_phones() -> tuple[str, bytes] | None:
    """The id and the public key that phones seal for where this is a hub that has a cell: they are the cell's, and
    what phones hand in is carried. None elsewhere, without a query."""
    found = Upstream.objects.first() if settings.IS_HUB else None
    return None if found is None else (found.cell, bytes(found.cell_public))


def origin_of_cell() -> str:
    """The origin of the cell's pages where this is a hub that has a cell; blank elsewhere, without a query."""
    found = Upstream.objects.first() if settings.IS_HUB else None
    if found is None:
        return ""
    parts = urlsplit(found.url.lower())
    usual = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"


def is_hub() -> bool:
    """Whether this installation is paired with a cell."""
    return Upstream.objects.exists()


def ensure_unpaired() -> None:
    """Raises AlreadyPaired where this hub has a cell that knows it: one that did not revoke it, nor said last that it
    does not know or believe it, and to which this hub can still prove what it says."""
    row = Upstream.objects.filter(revoked_at=None).exclude(failure__in=_UNKNOWN_THERE).first()
    if row is not None and keys.unlocked(bytes(row.token), row.pk) is not None:
        raise AlreadyPaired


@action
def take_pairing(*, url: str, told: Credentials) -> Upstream:
    """Become the hub that the cell says. All is handed on from the beginning: what the cell has it knows.

    Raises:
        AlreadyPaired: see there.
    """
    ensure_unpaired()
    Upstream.objects.all().delete()
    NotTakenIn.objects.all().delete()
    ReceivedRow.objects.all().delete()
    OwnCertificate.objects.all().delete()
    row = Upstream(
        hub=told.hub, name=told.name, centre=told.centre, url=url.rstrip("/"), recipient=told.recipient,
        cell=told.cell, cell_public=told.cell_public, paired_at=clock.now(),
    )  # fmt: skip
    row.token, row.secret = keys.locked(told.token, row.pk), keys.locked(told.secret, row.pk)
    row.save(force_insert=True)
    return row


def token_of(row: Upstream) -> bytes:
    """The bearer token.

    Raises:
        KeyLost: see there.
    """
    return _unlocked(bytes(row.token), row)


def secret_of(row: Upstream) -> bytes:
    """With which both sides prove what they say.

    Raises:
        KeyLost: see there.
    """
    return _unlocked(bytes(row.secret), row)


def secret_of_hub() -> bytes:
    """With which this hub and its cell prove what they say.

    Raises:
        NotPaired, KeyLost: see there.
    """
    return secret_of(upstream())


def _unlocked(kept: bytes, row: Upstream) -> bytes:
    found = keys.unlocked(kept, row.pk)
    if found is None:
        raise KeyLost
    return found
