"""Which device is whose: what others ask about profiles on phones."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people import device_keys
from trenza.apps.people.models import Person, PersonDevice, Pin
from trenza.apps.sync.api import Owner


def device_by_token(token: bytes) -> tuple[PersonDevice, bool] | None:
    """The profile of a token, and whether the token is her own (True) or only hands in. Also of one that was revoked:
    ask `revoked_at`. One query, by digest."""
    digest = device_keys.digest(token)
    found = PersonDevice.objects.filter(Q(token_digest=digest) | Q(deliver_digest=digest)).first()
    return (found, bytes(found.token_digest) == digest) if found else None


def secrets_of(devices: Collection[UUID]) -> dict[UUID, Owner]:
    """Of those of these devices that are somebody's, whose; one query."""
    rows = PersonDevice.objects.filter(device__in=devices).values_list(
        "id", "device", "person_id", "secret", "revoked_at"
    )
    return {
        device: Owner(person, device_keys.unlocked(bytes(secret), row), revoked_at is not None)
        for row, device, person, secret, revoked_at in rows
    }


def devices_of(person: Person) -> QuerySet[PersonDevice]:
    """Her profiles, the newest first, with those that were revoked."""
    return PersonDevice.objects.filter(person=person).order_by("-made_at", "-id")


def pin_state(person: Person) -> Literal["none", "hers", "start"]:
    """Whether she has a PIN, and whether it is one to start with, in place of which she chooses her own."""
    ends = list(Pin.objects.filter(person=person).values_list("expires_at", flat=True)[:1])
    if not ends:
        return "none"
    return "hers" if ends[0] is None else "start"


def has_pin(person: Person) -> bool:
    """Whether she has a PIN, be it one to start with."""
    return Pin.objects.filter(person=person).exists()


def pin_must_change(person: Person) -> bool:
    """Whether hers is a start PIN, in place of which she chooses her own."""
    return Pin.objects.filter(person=person, expires_at__isnull=False).exists()
