"""Choose a PIN, give one to start with, and check one."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from trenza.apps.people import pins, rules
from trenza.apps.people.actions.attempts import count_pin_try
from trenza.apps.people.errors import WeakPin
from trenza.apps.people.events import PinSet
from trenza.apps.people.models import Person, Pin
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

START_PIN_DIGITS: Final = 6
START_PIN_LASTS: Final = timedelta(hours=24)


class PinResult(StrEnum):
    """What a check came to. `TOO_MANY`: it was not compared. `EXPIRED`: a start PIN, too old or used."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_MANY = "too_many"
    EXPIRED = "expired"
    NONE = "none"


class PinCheck(NamedTuple):
    """The answer to a PIN. `must_change`: it was a start PIN; let her choose her own now, it works no second time."""

    result: PinResult
    must_change: bool = False

    @property
    def right(self) -> bool:
        """Whether it is hers."""
        return self.result is PinResult.RIGHT


@action
def set_pin(*, person: Person, pin: str, by: Person) -> None:
    """Make this her PIN, in place of the one before. Only she does it; that it is she, the caller has checked.

    Raises:
        NotAllowed: somebody else.
        WeakPin: see there.
    """
    if by != person:
        raise NotAllowed
    why = pins.weakness(pin, person.birth_date)
    if why:
        raise WeakPin(why)
    _keep(person, pin, by, expires_at=None)


@action
def give_start_pin(*, person: Person, by: Person | None) -> str:
    """A PIN of six digits in place of hers, shown once to who helps her: for one use within a day. `by=None` is the
    command line. What waits on her phones is not touched.

    Raises:
        NotAllowed: `by` may not help this person with her phone.
    """
    if by is not None:
        rules.helped_with_phones.require(by, person)
    pin = _random_pin()
    while pins.weakness(pin, person.birth_date):
        pin = _random_pin()
    _keep(person, pin, by, expires_at=clock.now() + START_PIN_LASTS)
    return pin


def check_pin(*, person: Person, pin: str, connection: str = "") -> PinCheck:
    """Whether it is her PIN. The try is counted, and the count kept, before anything is compared: not to be called
    within an action, which might take it back."""
    if not count_pin_try(person=str(person.pk), connection=connection):
        return PinCheck(PinResult.TOO_MANY)
    kept = Pin.objects.filter(person=person).first()
    if kept is None:
        return PinCheck(PinResult.NONE)
    if len(pin) > pins.LONGEST or not pins.matches(pin, kept.hash, person.pk):
        return PinCheck(PinResult.WRONG)
    if kept.must_change and not _use(kept):
        return PinCheck(PinResult.EXPIRED)
    return PinCheck(PinResult.RIGHT, kept.must_change)


def _use(start: Pin) -> bool:
    """Of several who use a start PIN at once, one does."""
    now = clock.now()
    return Pin.objects.filter(pk=start.pk, hash=start.hash, used_at=None, expires_at__gt=now).update(used_at=now) == 1


def _keep(person: Person, pin: str, by: Person | None, *, expires_at: datetime | None) -> None:
    kept, _ = Pin.objects.update_or_create(
        person=person,
        defaults={
            "hash": pins.hashed(pin, person.pk), "set_at": clock.now(), "set_by": by,
            "expires_at": expires_at, "used_at": None,
        },
    )  # fmt: skip
    event = PinSet(pin=kept.pk, temporary=expires_at is not None)
    record(event, by=by.pk if by else None, about=person.pk)


def _random_pin() -> str:
    return f"{secrets.randbelow(10**START_PIN_DIGITS):0{START_PIN_DIGITS}}"
