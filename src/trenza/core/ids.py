"""Identifiers: UUIDv7 for rows, names for what a definition or a publication names, secret codes for links."""

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import NAMESPACE_URL, UUID, uuid5

from trenza.core import clock

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:trenza")
# Crockford's base 32: no I, L, O or U, so that a code survives being read aloud or copied by hand.
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_seeded: ContextVar[random.Random | None] = ContextVar("seeded ids", default=None)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits; inserts stay together in an index."""
    generator = _seeded.get()
    if generator is None:
        milliseconds, random_bits = time.time_ns() // 1_000_000, secrets.randbits(74)
    else:
        milliseconds, random_bits = (
            int(clock.now().timestamp() * 1000),
            generator.getrandbits(74),
        )
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random_bits >> 62) << 64
    return UUID(int=value | 0b10 << 62 | random_bits & (2**62 - 1))


def named_id(*parts: str) -> UUID:
    """The same id everywhere for the same name, e.g. `named_id("mujeres-online", "edition", "2019")`."""
    return uuid5(_NAMESPACE, "\x1f".join(parts))


def new_secret_code(length: int = 26) -> str:
    """A code that cannot be guessed: five bits a character, 130 bits by default."""
    generator = _seeded.get()
    choice = secrets.choice if generator is None else generator.choice
    return "".join(choice(_CODE_ALPHABET) for _ in range(length))


@contextmanager
def seeded(seed: str) -> Iterator[None]:
    """Within it, ids and codes follow from `seed`: for synthetic people only, never for real ones."""
    token = _seeded.set(random.Random(seed))
    try:
        yield
    finally:
        _seeded.reset(token)
