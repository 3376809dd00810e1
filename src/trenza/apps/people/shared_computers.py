"""A computer that everybody in a centre uses: a session there ends by itself, and nothing of hers stays.

She says so when she comes in. The cookie `shared` lasts as long as the window and is for scripts too, which keep
nothing where it stands (portals/field/assets/phone/phone.js). The session remembers it for itself, whatever becomes of
the cookie.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trenza.core import clock

COOKIE: Final = "shared"
USED: Final = "used on a shared computer"
"""The key of such a session: when it was last used, in seconds since 1970."""
LASTS: Final = 600
_NOTED_EVERY: Final = 20


def say_shared(response: HttpResponseBase, *, shared: bool) -> None:
    """From now on, until the window is closed, whoever comes in here uses a shared computer, or does not."""
    if shared:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, "1", secure=secure, httponly=False, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)


def is_shared(request: HttpRequest) -> bool:
    """Whether this is a shared computer, as far as somebody said so."""
    return _says_so(request) or USED in request.session


class SharedComputers:
    """Middleware, after Django's sessions: ends a session on a shared computer that nobody used for `LASTS`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            accessed = request.session.accessed
            used = request.session.get(USED)
            if used is not None and not 0 <= clock.now().timestamp() - used <= LASTS:
                request.session.flush()
            request.session.accessed = accessed
        response = self.get_response(request)
        if _says_so(request) or request.session.accessed:
            _note_use(request)
        return response


def _says_so(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == "1"


def _note_use(request: HttpRequest) -> None:
    """Its cookie ends with the window. Written now and then, for each writing costs one."""
    session = request.session
    used = session.get(USED)
    if SESSION_KEY not in session or (used is None and not _says_so(request)):
        return
    if used is None or clock.now().timestamp() - used >= _NOTED_EVERY:
        session[USED] = int(clock.now().timestamp())
        session.set_expiry(0)
