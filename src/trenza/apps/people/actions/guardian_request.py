"""A girl of whom nothing may be kept yet asks an adult: what she typed lies sealed, and only that link opens it."""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trenza.apps.people.actions.attempts import count_guardian_link
from trenza.apps.people.errors import TooManyLinks
from trenza.apps.people.models import GuardianRequest
from trenza.apps.people.models.account import normal_email
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action

DAYS: Final = 14
_KEY_BYTES: Final = 32
_NONCE: Final = bytes(12)
"""A key seals one thing, so it needs no other nonce."""


@action
def keep_request(*, contents: Mapping[str, Any], to: str) -> str:
    """Seal what she typed, and return the token of the link that opens it: nobody else has the key. Requests that have
    ended are forgotten.

    Raises:
        TooManyLinks: too many were sent to this adult today.
    """
    if not count_guardian_link(person=normal_email(to)):
        raise TooManyLinks
    forget_requests()
    row, key = new_id(), secrets.token_bytes(_KEY_BYTES)
    sealed = AESGCM(key).encrypt(_NONCE, json.dumps(contents).encode(), row.bytes)
    GuardianRequest.objects.create(pk=row, sealed=sealed, ends_at=clock.now() + timedelta(days=DAYS))
    return base64.urlsafe_b64encode(row.bytes + key).decode()


def read_request(token: str) -> dict[str, Any] | None:
    """What the request of this link holds; None where it was answered, has ended, or is none."""
    try:
        raw = base64.urlsafe_b64decode(token)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _KEY_BYTES:
        return None
    row, key = UUID(bytes=raw[:16]), raw[16:]
    found = GuardianRequest.objects.filter(pk=row, ends_at__gt=clock.now()).first()
    if found is None:
        return None
    try:
        contents: dict[str, Any] = json.loads(AESGCM(key).decrypt(_NONCE, bytes(found.sealed), row.bytes))
    except InvalidTag:
        return None
    return contents


@action
def end_request(*, token: str) -> bool:
    """Forget a request that can be read; False where somebody was quicker."""
    if read_request(token) is None:
        return False
    row = UUID(bytes=base64.urlsafe_b64decode(token)[:16])
    return GuardianRequest.objects.filter(pk=row).delete()[0] > 0


def forget_requests() -> None:
    """Those that have ended."""
    GuardianRequest.objects.filter(ends_at__lte=clock.now()).delete()
