"""One phone, several people: a session lasts only while its profile is the one that is unlocked (docs/phone.md).

The cookie `profile` is written by scripts too, so that whoever opens another profile without a signal ends the session
of the one before. A session that neither was opened by a profile nor made one knows of none and is left alone.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "profile"
KEY: Final = "profile"
_A_YEAR: Final = 31_536_000


class ProfileSessions:
    """Middleware, after Django's sessions: forgets the session of a profile that the cookie does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Whether a page differs from person to person is for the page to say: this look does not count.
            accessed = request.session.accessed
            profile = request.session.get(KEY)
            request.session.accessed = accessed
            if profile is not None and request.COOKIES.get(COOKIE) != profile:
                request.session.flush()
        return self.get_response(request)


def bind_session(request: HttpRequest, response: HttpResponseBase, profile: UUID) -> None:
    """From now on this session is that of a profile, and the cookie names it."""
    request.session[KEY] = profile.hex
    response.set_cookie(
        COOKIE,
        profile.hex,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=False,  # the phone's scripts name another when another profile is opened
        samesite="Lax",
    )
