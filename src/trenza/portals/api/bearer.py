"""Who asks, by a token in the Authorization header: never by a cookie."""

import base64
import binascii
from typing import Final

from django.http import HttpRequest

from trenza.apps.people.api import PersonDevice, device_by_token
from trenza.core.access import Access, declared

_SCHEME: Final = "bearer "
_LENGTH: Final = 43  # 32 bytes in base64url without padding


def _anyone(_: HttpRequest) -> bool:
    """The view answers 401 itself, in JSON."""
    return True


bearer = declared(Access("bearer token", _anyone, needs_sign_in=False))


def profile_of(request: HttpRequest) -> tuple[PersonDevice, bool] | None:
    """The profile of the request's token, and whether it is her own token or only hands in."""
    token = token_in(request)
    return None if token is None else device_by_token(token)


def token_in(request: HttpRequest) -> bytes | None:
    """The 32 bytes of the request's token, if it has one."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    token = header[len(_SCHEME) :].strip()
    if header[: len(_SCHEME)].lower() != _SCHEME or len(token) != _LENGTH:
        return None
    try:
        return base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def unpadded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
