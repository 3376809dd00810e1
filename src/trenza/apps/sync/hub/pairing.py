"""On the cell: let a hub speak for a centre, and take that away."""

import hashlib
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from trenza.apps.sync.events import HubPaired, HubPairingOpened, HubRevoked
from trenza.apps.sync.hub import certificates, keys
from trenza.apps.sync.hub.errors import AlreadyRevoked, CentreHasHub, CodeNotValid
from trenza.apps.sync.models import Hub, HubDevice, HubPairing
from trenza.core import clock, ids
from trenza.core.journal import action, record
from trenza.core.models import Device

CODE_LENGTH: Final = 10
VALID: Final = timedelta(hours=1)
# What is read aloud or copied by hand is what was meant (Crockford's base 32).
_MEANT: Final = str.maketrans("OIL", "011")


class OpenPairing(NamedTuple):
    """The code is said once; nobody can look it up again."""

    pairing: HubPairing
    code: str


class Paired(NamedTuple):
    """What the hub is told once. Token and secret are kept nowhere as they are."""

    hub: Hub
    token: bytes
    secret: bytes


@action
def open_pairing(*, centre: UUID, name: str, by: UUID | None) -> OpenPairing:
    """Let one hub be paired for a centre within the hour, by the code that is returned.

    Who may is for the app whose centre it is. An earlier code for the same centre is of no use any more.

    Raises:
        CentreHasHub: see there.
    """
    if Hub.objects.filter(centre=centre, revoked_at=None).exists():
        raise CentreHasHub
    now, code = clock.now(), ids.new_secret_code(CODE_LENGTH)
    HubPairing.objects.filter(centre=centre, used_at=None, ends_at__gt=now).update(ends_at=now)
    pairing = HubPairing.objects.create(
        centre=centre, name=name, code_digest=_digest(code), opened_at=now, opened_by=by, ends_at=now + VALID
    )
    record(HubPairingOpened(pairing=pairing.pk, centre=centre), by=by, about=None)
    return OpenPairing(pairing, code)


@action
def pair(*, code: str, device: UUID, recipient: str) -> Paired:
    """Pair the hub that knows the code. The same hub may ask again while it has not been heard of, within the hour:
    the first answer may have been lost.

    Guesses are counted by who asks for this.

    Raises:
        CodeNotValid, CentreHasHub: see there.
    """
    now = clock.now()
    pairing = HubPairing.objects.filter(code_digest=_digest(code), ends_at__gt=now).first()
    if pairing is None:
        raise CodeNotValid
    token, secret = keys.new_key(), keys.new_key()
    again = Hub.objects.filter(pairing=pairing).first()
    if again is not None:
        if (again.device, again.recipient, again.seen_at, again.revoked_at) != (device, recipient, None, None):
            raise CodeNotValid
        again.token_digest, again.secret = keys.digest(token), keys.locked(secret, again.pk)
        again.save(update_fields=["token_digest", "secret"])
        return Paired(again, token, secret)
    if not _may_have(pairing.centre, device):
        raise CodeNotValid
    hub = Hub(
        centre=pairing.centre, name=pairing.name, pairing=pairing, device=device, recipient=recipient,
        token_digest=keys.digest(token), paired_at=now, paired_by=pairing.opened_by,
    )  # fmt: skip
    hub.secret = keys.locked(secret, hub.pk)
    try:
        with transaction.atomic():
            hub.save(force_insert=True)
    except IntegrityError:
        raise CentreHasHub from None
    HubDevice.objects.update_or_create(device=device, defaults={"hub": hub})
    certificates.give_name(hub=hub)
    pairing.used_at = now
    pairing.save(update_fields=["used_at"])
    record(HubPaired(hub=hub.pk, centre=hub.centre), by=pairing.opened_by, about=None)
    return Paired(hub, token, secret)


@action
def revoke_hub(*, hub: Hub, by: UUID | None) -> None:
    """Take a hub's access away, at once. What it hands in from now on is held for somebody's look.

    Raises:
        AlreadyRevoked: see there.
    """
    now = clock.now()
    if not Hub.objects.filter(pk=hub.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        raise AlreadyRevoked
    hub.revoked_at, hub.revoked_by = now, by
    record(HubRevoked(hub=hub.pk, centre=hub.centre), by=by, about=None)


def hub_by_token(token: bytes) -> Hub | None:
    """The hub whose token this is, be it revoked: it must hear of that."""
    return Hub.objects.filter(token_digest=keys.digest(token)).first()


def hub_named(hub: UUID) -> Hub | None:
    """The hub of this id."""
    return Hub.objects.filter(pk=hub).first()


def hubs_of(centre: UUID) -> list[Hub]:
    """The hubs that a centre has had, that of now first."""
    return list(Hub.objects.filter(centre=centre).order_by("-paired_at", "-id"))


def in_turn(hub: Hub) -> None:
    """Within an action: wait for whoever else answers this hub, whose message may have come twice, and read its row
    as it is now."""
    hub.refresh_from_db(from_queryset=Hub.objects.select_for_update())


def secret_of(hub: Hub) -> bytes | None:
    """With which it proves what it says; None where another SECRET_KEY locked it."""
    return keys.unlocked(bytes(hub.secret), hub.pk)


def may_write_with(hub: Hub, device: UUID) -> bool:
    """Whether a hub may take this device into use: it is nobody's, or that of a hub of the same centre before it."""
    return _may_have(hub.centre, device, hub)


def _may_have(centre: UUID, device: UUID, hub: Hub | None = None) -> bool:
    earlier = HubDevice.objects.filter(device=device).select_related("hub").first()
    if earlier is not None:
        return earlier.hub == hub or (earlier.hub.centre == centre and earlier.hub.revoked_at is not None)
    return not Device.objects.filter(uuid=device).exists()


def _digest(code: str) -> bytes:
    meant = "".join(code.upper().split()).replace("-", "").translate(_MEANT)
    return hashlib.sha256(b"trenza hub code " + meant.encode()).digest()
