"""Which PINs are too easy, and how one is kept."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, get_hasher, make_password

from trenza.apps.people import verifiers

SHORTEST: Final = 4
LONGEST: Final = 8

_HUB: Final = "hub$"
Weakness = Literal["digits", "easy", "birthday"]


def weakness(pin: str, birth_date: date | None = None) -> Weakness | None:
    """Why this may be nobody's PIN: no 4 to 8 digits, the first that anybody tries, or her birthday."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        return "digits"
    if _repeats(pin) or _counts(pin):
        return "easy"
    return "birthday" if birth_date and pin in set(_spellings(birth_date)) else None


def hashed(pin: str, person: UUID) -> str:
    """What is kept: slow to make, and keyed, so that a copy of the database alone tells nothing of so few digits."""
    return make_password(_keyed(pin, person))


def matches(pin: str, kept: str, person: UUID) -> bool:
    """Whether it is the PIN of which `hashed` made `kept`."""
    keyed = _keyed(pin, person)
    return _matches_here(keyed, kept) if kept.startswith(_HUB) else check_password(keyed, kept)


def key() -> bytes:
    """Under which PINs are made; a hub has that of its cell."""
    cells = verifiers.pin_key_of_cell() if settings.IS_HUB else None
    return cells or hashlib.sha256(b"people.pin" + settings.SECRET_KEY.encode()).digest()


def for_hub(kept: str, key_of_hub: bytes) -> str:
    """What `hashed` made, as a hub has it: with the same salt and costs, and under the hub's key instead of in the
    clear."""
    head, _, _ = kept.rpartition("$")
    return f"{_HUB}{head}${verifiers.for_hub(kept.encode(), key_of_hub).hex()}"


def _matches_here(keyed: str, kept: str) -> bool:
    """On a hub."""
    head, _, _ = kept.removeprefix(_HUB).rpartition("$")
    key_of_hub = verifiers.own_key()
    return key_of_hub is not None and hmac.compare_digest(for_hub(_made_again(keyed, head), key_of_hub), kept)


def _made_again(keyed: str, head: str) -> str:
    """The hash with the salt and the costs that `head` names."""
    hasher = get_hasher(head.partition("$")[0])
    made = hasher.decode(f"{head}$")
    named = {"n": "work_factor", "r": "block_size", "p": "parallelism"}
    costs = {name: made[cost] for name, cost in named.items() if cost in made}
    return str(hasher.encode(keyed, made["salt"], **costs))


def _keyed(pin: str, person: UUID) -> str:
    # As Django's salted_hmac("people.pin", …) makes it, under a key that a hub may be told.
    return hmac.new(key(), f"{person.hex} {pin}".encode(), hashlib.sha256).hexdigest()


def _repeats(pin: str) -> bool:
    """7777, 1212, 123123."""
    return any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, len(pin) // 2 + 1))


def _counts(pin: str) -> bool:
    """1234, 8765, 7890."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _spellings(day: date) -> Iterator[str]:
    for form in ("%Y", "%d%m", "%m%d", "%d%m%y", "%d%m%Y", "%Y%m%d"):
        yield day.strftime(form)
