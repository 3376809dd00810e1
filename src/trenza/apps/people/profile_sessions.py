"""One phone, several people: a session lasts only while its profile is the one that is unlocked (docs/phone.md).

The cookie `profile` is written by scripts too, so that whoever opens another profile without a signal ends the session
of the one before. A session that knows of no profile, as after signing in by a code, becomes that of its person's
profile once that is unlocked, and ends where somebody else's is. Nor does one last that was left when the browser was
closed, on a phone that keeps a PIN (`phone_locks.py`).
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trenza.apps.people import phone_locks
from trenza.apps.people.models import PersonDevice

COOKIE: Final = "profile"
KEY: Final = "profile"
NOBODY: Final = "-"
_A_YEAR: Final = 31_536_000
_IDLE: Final = 1_800
"""As in the phone's scripts (unlocked.js), which renew it while she uses the phone."""


class ProfileSessions:
    """Middleware, after Django's sessions: forgets the session of whom the cookie does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = request.COOKIES.get(COOKIE)
        was_in = unlocked_now = False
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Whether a page differs from person to person is for the page to say: this look does not count.
            accessed = request.session.accessed
            was_bound = is_bound(request)
            if phone_locks.is_left(request, bound=was_bound) or not _may_stay(request.session, named):
                request.session.flush()
            was_in = SESSION_KEY in request.session
            unlocked_now = is_bound(request) and not was_bound
            if request.session.is_empty():
                # Django would delete the cookie of an ended session: a slow answer, as of the worker that fetches its
                # pages, would then take that of whoever came in meanwhile. An ended one opens nothing: it may stay.
                del request.COOKIES[settings.SESSION_COOKIE_NAME]
            request.session.accessed = accessed
        response = self.get_response(request)
        if request.session.modified and not _may_stay(request.session, named) and COOKIE not in response.cookies:
            # She came in by herself just now, while somebody else's profile was unlocked: that one is locked.
            _name(response, NOBODY)
        if unlocked_now and is_bound(request):
            phone_locks.keep_here(request, response, UUID(request.session[KEY]))
        elif request.session.modified or request.session.accessed:
            phone_locks.note_use(request, response, came_in=not was_in)
        return response


def bind_session(request: HttpRequest, response: HttpResponseBase, profile: UUID) -> None:
    """From now on this session is that of a profile, and the cookie names it."""
    request.session[KEY] = profile.hex
    _name(response, profile.hex)
    phone_locks.keep_here(request, response, profile)


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
        max_age=_A_YEAR if profile == NOBODY else _IDLE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=False,  # the phone's scripts name another when another profile is opened
        samesite="Lax",
    )
