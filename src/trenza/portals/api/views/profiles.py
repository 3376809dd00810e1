"""Profiles on a phone: made behind a PIN, opened by her token, and left (docs/phone.md, "Profiles and tokens")."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Final

import msgspec
from django.contrib.auth import login
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from trenza.apps.people import api as people
from trenza.core.access import public
from trenza.portals.api.answers import answer, refuse
from trenza.portals.api.bearer import bearer, profile_of, unpadded
from trenza.portals.api.views.sync import WAIT_FOR_DATABASE, cell
from trenza.portals.field.origin import came_from_us, connection_of

MOST_BYTES: Final = 2_000
WAIT_AFTER_TRIES: Final = 900
_BACKEND: Final = "trenza.apps.people.backends.RoleBackend"
WEAK: Final = {
    "digits": _("A PIN has 4 to 8 digits, and nothing else."),
    "easy": _("That PIN is easy to guess. Do not repeat digits or count with them, as in 1111 or 1234."),
    "birthday": _("Your family knows your birthday. Choose another PIN."),
}

View = Callable[[HttpRequest], HttpResponse]


class _NewPin(msgspec.Struct, frozen=True):
    """`new` in place of `pin`."""

    pin: str
    new: str


class _Registration(msgspec.Struct, frozen=True):
    """`pin` is hers, or becomes hers; `new` replaces a start PIN; `reset` says that she forgot hers."""

    pin: str
    new: str = ""
    reset: bool = False


def _posted(view: View) -> View:
    """POST alone, and JSON whatever happens."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            response = refuse(405, "method")
            response.headers["Allow"] = "POST"
            return response
        try:
            return view(request)
        except (UnreadablePostError, msgspec.MsgspecError, ValueError, RecursionError):
            return refuse(400, "body")
        except RequestDataTooBig:
            return refuse(413, "too_large")
        except (OperationalError, InterfaceError):
            return refuse(503, "database", retry_after=WAIT_FOR_DATABASE)

    return guarded


@public
@csrf_exempt  # the phone's script sends JSON without a token: `came_from_us` decides instead
@_posted
def register(request: HttpRequest) -> HttpResponse:
    """Make a profile for whoever is signed in. The PIN becomes hers if she has none; else it must be hers."""
    person = people.person_of(request)
    if person is None:
        return refuse(401, "signed_out")
    if not came_from_us(request):
        return refuse(403, "origin")
    if people.is_shared(request):
        return refuse(409, "shared_computer")
    if request.content_type != "application/json":
        return refuse(415, "type")
    if len(request.body) > MOST_BYTES:
        return refuse(413, "too_large")
    refusal = _pass_pin(request, person, msgspec.json.decode(request.body, type=_Registration))
    if refusal is not None:
        return refusal
    try:
        made = people.register_device(person=person, by=person, with_card=people.in_card_session(request))
    except people.TooManyDevices:
        return refuse(409, "too_many_devices")
    response = answer(request, _profile(person, made))
    people.bind_session(request, response, made.profile)
    return response


@bearer
@csrf_exempt  # a token in a header, which no form of another site can send
@_posted
def enter(request: HttpRequest) -> HttpResponse:
    """Open a session for the person of her token, in place of whoever's there was."""
    if not people.count_token_try(connection=connection_of(request)):
        return refuse(429, "too_often", retry_after=WAIT_AFTER_TRIES)
    profile = _own_profile(request)
    if profile is None:
        return refuse(401, "token")
    account = people.account_of(profile.person)
    if account is None:
        return refuse(403, "no_account")
    request.session.flush()
    login(request, account, backend=_BACKEND)
    people.limit_to_phone(request)
    if profile.with_card:
        people.limit_as_with_card(request)
    response = answer(
        request, {"profile": profile.pk.hex, "who": profile.person_id.hex, "name": profile.person.given_name}
    )
    people.bind_session(request, response, profile.pk)
    return response


@bearer
@csrf_exempt  # as `enter`
@_posted
def change_pin(request: HttpRequest) -> HttpResponse:
    """Another PIN for her account, where she knows the one before. The phone changes its own by itself."""
    profile = _own_profile(request)
    if profile is None:
        return refuse(401, "token")
    if len(request.body) > MOST_BYTES:
        return refuse(413, "too_large")
    sent = msgspec.json.decode(request.body, type=_NewPin)
    check = people.check_pin(person=profile.person, pin=sent.pin, connection=connection_of(request))
    if check.result is people.PinResult.TOO_MANY:
        return refuse(429, "too_many_tries", retry_after=WAIT_AFTER_TRIES)
    if not check.right:
        return refuse(403, f"pin_{check.result}")
    return _choose(profile.person, sent.new) or answer(request, {"changed": True})


@bearer
@csrf_exempt  # as `enter`
@_posted
def forget(request: HttpRequest) -> HttpResponse:
    """She leaves this phone: the profile of her token has no access any more. Twice is as once."""
    found = profile_of(request)
    if found is None or not found[1]:
        return refuse(401, "token")
    profile, _full = found
    if profile.revoked_at is None:
        with suppress(people.AlreadyRevoked):  # by another request meanwhile
            people.revoke_device(device=profile, by=profile.person)
    response = answer(request, {"forgotten": True})
    people.leave_here(request, response, profile.pk)
    return response


def _own_profile(request: HttpRequest) -> people.PersonDevice | None:
    found = profile_of(request)
    return found[0] if found and found[1] and found[0].revoked_at is None else None


def _pass_pin(request: HttpRequest, person: people.Person, sent: _Registration) -> HttpResponse | None:
    """What keeps her from making a profile; None where the PIN is hers, or has become hers."""
    if not people.has_pin(person):
        return _choose(person, sent.pin)
    if sent.reset:
        return _choose(person, sent.pin) if people.came_by_code_lately(request) else refuse(403, "needs_code")
    changes = people.pin_must_change(person)
    if changes and not sent.new:
        return refuse(409, "pin_must_change")
    check = people.check_pin(person=person, pin=sent.pin, connection=connection_of(request))
    if check.result is people.PinResult.TOO_MANY:
        return refuse(429, "too_many_tries", retry_after=WAIT_AFTER_TRIES)
    if not check.right:
        return refuse(403, f"pin_{check.result}")
    return _choose(person, sent.new) if check.must_change else None


def _choose(person: people.Person, pin: str) -> HttpResponse | None:
    try:
        people.set_pin(person=person, pin=pin, by=person)
    except people.WeakPin as error:
        return refuse(400, "pin_weak", why=error.why, message=str(WEAK[error.why]))
    return None


def _profile(person: people.Person, made: people.NewDevice) -> dict[str, object]:
    """What the phone is told once."""
    return {
        "profile": made.profile.hex,
        "who": person.pk.hex,
        "device": made.device.hex,
        "name": person.given_name,
        "deliver": unpadded(made.deliver),
        "token": unpadded(made.token),
        "secret": unpadded(made.secret),
        "cell": cell(),
    }
