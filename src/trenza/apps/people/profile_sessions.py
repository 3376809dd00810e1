"""One phone, several people: a session lasts only while its profile is the one that is unlocked (docs/phone.md).

The cookie `profile` is written by scripts too, so that whoever opens another profile without a signal ends the session
of the one before. A session that knows of no profile, as after signing in by a code, becomes that of its person's
profile once that is unlocked, and ends where somebody else's is.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trenza.apps.people.models import PersonDevice

COOKIE: Final = "profile"
KEY: Final = "profile"
NOBODY: Final = "-"
_A_YEAR: Final = 31_536_000


class ProfileSessions:
    """Middleware, after Django's sessions: forgets the session of whom the cookie does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = request.COOKIES.get(COOKIE)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Whether a page differs from person to person is for the page to say: this look does not count.
            accessed = request.session.accessed
            if not _may_stay(request.session, named):
                request.session.flush()
            if request.session.is_empty():
                # Django would delete the cookie of an ended session: a slow answer, as of the worker that fetches its
                # pages, would then take that of whoever came in meanwhile. An ended one opens nothing: it may stay.
                del request.COOKIES[settings.SESSION_COOKIE_NAME]
            request.session.accessed = accessed
        response = self.get_response(request)
        if request.session.modified and not _may_stay(request.session, named) and COOKIE not in response.cookies:
            # She came in by herself just now, while somebody else's profile was unlocked: that one is locked.
            _name(response, NOBODY)
        return response


def bind_session(request: HttpRequest, response: HttpResponseBase, profile: UUID) -> None:
    """From now on this session is that of a profile, and the cookie names it."""
    request.session[KEY] = profile.hex
    _name(response, profile.hex)


def is_bound(request: HttpRequest) -> bool:
    """Whether this session is that of a profile on the phone that asks."""
    return KEY in request.session


def _may_stay(session: SessionBase, named: str | None) -> bool:
    profile = session.get(KEY)
    if profile is not None:
        return bool(profile == named)
    account, unlocked = session.get(SESSION_KEY), _profile(named)
    if account is None or unlocked is None:
        return True
    if not PersonDevice.objects.filter(pk=unlocked, person__accounts=account).exists():
        return False
    session[KEY] = unlocked.hex
    return True


def _profile(named: str | None) -> UUID | None:
    try:
        return UUID(hex=named or "")
    except ValueError:
        return None


def _name(response: HttpResponseBase, profile: str) -> None:
    response.set_cookie(
        COOKIE,
        profile,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=False,  # the phone's scripts name another when another profile is opened
        samesite="Lax",
    )
