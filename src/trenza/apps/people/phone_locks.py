"""A phone that keeps somebody's space behind a PIN: whoever opens its browser anew is asked for it, by the server.

Two cookies of the server, which no script reads or writes. `kept` lasts and says that a PIN stands here, for which
profiles. `open` lasts as long as the browser runs and says when somebody came in, by a PIN or a code. Where `kept`
stands, or a session is that of a profile, `open` is asked for with each page of somebody (docs/decisions/0039).
"""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trenza.apps.people.models import PersonDevice
from trenza.core import clock

KEPT: Final = "kept"
OPEN: Final = "open"
IDLE: Final = 3_600
"""Seconds without a page after which who came in by a code is asked again: lessons are read without telling us."""
_NOTED_EVERY: Final = 60
_A_YEAR: Final = 31_536_000
_MOST: Final = 12
_DIGITS: Final = 8
"""A profile is told from the others of its phone by so many of its last hexadecimal digits: the first are the time."""


def keeps_a_pin(request: HttpRequest) -> bool:
    """Whether somebody's space is behind a PIN on the phone that asks."""
    return bool(request.COOKIES.get(KEPT))


def is_left(request: HttpRequest, *, bound: bool) -> bool:
    """Whether who is signed in came in before this browser was opened, or went away; `bound` says that the session is
    that of a profile, which its own cookie ends after half an hour.

    A form that she filled in for long is taken all the same: no page of hers is shown in answer to a later visit.
    """
    if SESSION_KEY not in request.session or not (bound or keeps_a_pin(request)):
        return False
    age = _age(request)
    if age is None:
        return True
    return not bound and age > IDLE and request.method in ("GET", "HEAD")


def note_use(request: HttpRequest, response: HttpResponseBase, *, came_in: bool) -> None:
    """She came in, or goes on, on a phone that keeps a PIN. What does not ask who she is costs no cookie."""
    if not keeps_a_pin(request) or OPEN in response.cookies or SESSION_KEY not in request.session:
        return
    age = _age(request)
    if came_in or (age is not None and _NOTED_EVERY <= age <= IDLE):
        _open(response)


def keep_here(request: HttpRequest, response: HttpResponseBase, profile: UUID) -> None:
    """From now on this phone keeps that profile, in place of others of hers, and it is open."""
    hers = PersonDevice.objects.filter(person__devices=profile).values_list("pk", flat=True)
    others = [each for each in _kept(request) if each not in {_short(one) for one in hers}]
    _keep(response, [*others, _short(profile)])
    _open(response)


def leave_here(request: HttpRequest, response: HttpResponseBase, profile: UUID) -> None:
    """This phone keeps that profile no more."""
    _keep(response, [each for each in _kept(request) if each != _short(profile)])


def _kept(request: HttpRequest) -> list[str]:
    return [each for each in request.COOKIES.get(KEPT, "").split(".") if len(each) == _DIGITS and each.isalnum()]


def _short(profile: UUID) -> str:
    return profile.hex[-_DIGITS:]


def _age(request: HttpRequest) -> float | None:
    """Seconds since she came in or was last here; None where nobody did since the browser was opened."""
    said = request.COOKIES.get(OPEN, "")
    if not (said.isascii() and said.isdigit() and len(said) <= 12):
        return None
    return abs(clock.now().timestamp() - int(said))


def _open(response: HttpResponseBase) -> None:
    now = str(int(clock.now().timestamp()))
    response.set_cookie(OPEN, now, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def _keep(response: HttpResponseBase, profiles: list[str]) -> None:
    if not profiles:
        response.delete_cookie(KEPT, samesite="Lax")
        return
    response.set_cookie(
        KEPT,
        ".".join(profiles[-_MOST:]),
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
