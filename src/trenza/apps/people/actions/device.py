"""Make a profile on a phone, and take its access away."""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people import device_keys, rules
from trenza.apps.people.errors import AlreadyRevoked, TooManyDevices
from trenza.apps.people.events import DeviceRegistered, DeviceRevoked
from trenza.apps.people.models import Person, PersonDevice
from trenza.core import clock, ids
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

MOST_DEVICES: Final = 100
"""Profiles of one person that stand. Phones that lost theirs without saying so count until they are revoked."""


class NewDevice(NamedTuple):
    """What a phone is told once: `profile` and `device` name it; the others are kept nowhere else as they are."""

    profile: UUID
    device: UUID
    deliver: bytes
    token: bytes
    secret: bytes


@action
def register_device(*, person: Person, by: Person, with_card: bool = False) -> NewDevice:
    """Make a profile for her on the phone that she holds. `with_card`: she came in with a card alone, and the sessions
    of this profile open no more than that.

    Raises:
        NotAllowed: somebody else.
        TooManyDevices: see there.
    """
    if by != person:
        raise NotAllowed
    if PersonDevice.objects.filter(person=person, revoked_at=None).count() >= MOST_DEVICES:
        raise TooManyDevices
    deliver, token, secret = (device_keys.new_key() for _ in range(3))
    profile = PersonDevice(
        person=person,
        device=ids.new_id(),
        deliver_digest=device_keys.digest(deliver),
        token_digest=device_keys.digest(token),
        with_card=with_card,
        made_at=clock.now(),
    )
    profile.secret = device_keys.locked(secret, profile.pk)
    profile.save(force_insert=True)
    record(DeviceRegistered(device=profile.pk), by=by.pk, about=person.pk)
    return NewDevice(profile.pk, profile.device, deliver, token, secret)


@action
def revoke_device(*, device: PersonDevice, by: Person | None) -> None:
    """Take a profile's access away, at once: she herself, or who helps her. What it hands in from now on is held for
    somebody's look. `by=None` is the command line.

    Raises:
        NotAllowed: `by` may not.
        AlreadyRevoked: it was before.
    """
    if by is not None:
        rules.revocable_devices.require(by, device)
    now = clock.now()
    if not PersonDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        raise AlreadyRevoked
    device.revoked_at, device.revoked_by = now, by
    record(DeviceRevoked(device=device.pk), by=by.pk if by else None, about=device.person_id)


def note_seen(*, device: PersonDevice, pending: int) -> None:
    """Remember that it was heard of today and how much waits on it; writes only what is new."""
    today, pending = clock.now().date(), min(pending, 2**31 - 1)
    if (device.seen_on, device.pending) != (today, pending):
        _note(device=device, today=today, pending=pending)


@action
def _note(*, device: PersonDevice, today: date, pending: int) -> None:
    PersonDevice.objects.filter(pk=device.pk).update(seen_on=today, pending=pending)
    device.seen_on, device.pending = today, pending
