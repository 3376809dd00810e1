"""`POST /sync`: what a phone kept gets home, and her state goes down (docs/phone.md)."""

import logging
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from trenza.apps.people.api import PersonDevice, note_seen
from trenza.apps.sync import api as sync
from trenza.core import ids
from trenza.core.sealing import cell_key
from trenza.portals.api import cors
from trenza.portals.api.answers import answer, refuse
from trenza.portals.api.bearer import bearer, profile_of, unpadded
from trenza.portals.api.pace import Pace
from trenza.portals.field.origin import connection_of
from trenza.portals.field.shell import shell_version

_log = logging.getLogger(__name__)
TYPES: Final = ("application/msgpack", "application/x-msgpack", "application/vnd.msgpack")
WAIT_FOR_DATABASE: Final = 20
# A trainer's phone hands in for a group at once; nobody needs more than this for long.
PACE: Final = Pace(burst=120, per_second=2)
# From one address, of phones that a hub does not know: several of a household, each of them now and then.
PACE_OF_STRANGERS: Final = Pace(burst=20, per_second=0.05)
WAIT_FOR_ROOM: Final = 3_600


@bearer
@csrf_exempt  # no cookie is asked: there is nothing that another site could borrow
def receive(request: HttpRequest) -> HttpResponse:
    """Take in a batch. Nothing here answers anything but JSON, so that nobody else's page is taken for an answer."""
    origin = cors.cell_origin(request)
    if not origin:
        return _answered(request, _receive)
    if request.method == "OPTIONS":
        return cors.preflight(origin)
    return cors.allowed(_answered(request, _carry_for_cell), origin)


def _answered(request: HttpRequest, take_in: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    if request.method != "POST":
        response = refuse(405, "method")
        response.headers["Allow"] = "POST"
        return response
    try:
        return take_in(request)
    except sync.Unreadable as error:
        return refuse(400, error.code)
    except UnreadablePostError:
        return refuse(400, "cut_off")
    except (sync.TooLarge, RequestDataTooBig):
        return refuse(413, "too_large")
    except (OperationalError, InterfaceError):
        return refuse(503, "database", retry_after=WAIT_FOR_DATABASE)


def _receive(request: HttpRequest) -> HttpResponse:
    if not _is_message(request):
        return refuse(415, "type")
    found = profile_of(request)
    if found is None:
        return refuse(401, "token")
    profile, full = found
    wait = PACE.wait(profile.pk)
    if wait:
        return refuse(429, "too_often", retry_after=wait)
    body = _body(request)
    upstream = sync.cell_key_for_phones()
    answers = sync.carry(sealed=body.sealed) if upstream else sync.receive(body.sealed, carrier=profile.device)
    note_seen(device=profile, pending=max(body.pending - len(answers), 0))  # what still waits after this
    return answer(
        request,
        sync.Reply(
            batch=body.batch.hex(),
            answers=answers,
            state=_state(profile, body) if full else None,
            revoked=profile.revoked_at is not None,
            cell=cell(),
            shell=shell_version(get_language() or "es"),
        ),
    )


def _carry_for_cell(request: HttpRequest) -> HttpResponse:
    """At a hub: keep for its cell what a phone that we do not know could not hand in there. It goes on keeping it too,
    until the cell itself has answered; so we may say no, and do where there is too much."""
    if not _is_message(request):
        return refuse(415, "type")
    wait = PACE_OF_STRANGERS.wait(ids.named_id("connection", connection_of(request)))
    if wait:
        return refuse(429, "too_often", retry_after=wait)
    body = _body(request)
    try:
        answers = sync.carry_for_strangers(sealed=body.sealed)
    except sync.NoRoom:
        return refuse(503, "no_room", retry_after=WAIT_FOR_ROOM)
    shell = shell_version(get_language() or "es")
    return answer(
        request,
        sync.Reply(batch=body.batch.hex(), answers=answers, state=None, revoked=False, cell=cell(), shell=shell),
    )


def _is_message(request: HttpRequest) -> bool:
    return request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() in TYPES


def _body(request: HttpRequest) -> sync.Body:
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    return sync.read(request.body, encoding=encoding)


def cell() -> dict[str, str]:
    """The key that phones seal for from now on: on a hub that of its cell."""
    key, public = sync.cell_key_for_phones() or cell_key()[:2]
    return {"id": key, "public": unpadded(public)}


def _state(profile: PersonDevice, body: sync.Body) -> Any:
    """Her state, where she asked for it, may have it, and it has changed."""
    if not body.asks_for_state or profile.revoked_at is not None:
        return None
    try:
        state = sync.state_of(profile.person_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001
        # What she did has been taken in, and her phone must hear of it, whatever is wrong with the rest.
        _log.exception("no state for a profile")
        return None
    return None if state.digest == body.have else state.json
