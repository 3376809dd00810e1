"""`POST /sync`: what a phone kept gets home, and her state goes down (docs/phone.md)."""

import logging
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from trenza.apps.people.api import PersonDevice, note_seen
from trenza.apps.sync import api as sync
from trenza.core.sealing import cell_key
from trenza.portals.api.answers import answer, refuse
from trenza.portals.api.bearer import bearer, profile_of, unpadded
from trenza.portals.api.pace import Pace
from trenza.portals.field.shell import shell_version

_log = logging.getLogger(__name__)
TYPES: Final = ("application/msgpack", "application/x-msgpack", "application/vnd.msgpack")
WAIT_FOR_DATABASE: Final = 20
# A trainer's phone hands in for a group at once; nobody needs more than this for long.
PACE: Final = Pace(burst=120, per_second=2)


@bearer
@csrf_exempt  # no cookie is asked: there is nothing that another site could borrow
def receive(request: HttpRequest) -> HttpResponse:
    """Take in a batch. Nothing here answers anything but JSON, so that nobody else's page is taken for an answer."""
    if request.method != "POST":
        response = refuse(405, "method")
        response.headers["Allow"] = "POST"
        return response
    try:
        return _receive(request)
    except sync.Unreadable as error:
        return refuse(400, error.code)
    except UnreadablePostError:
        return refuse(400, "cut_off")
    except (sync.TooLarge, RequestDataTooBig):
        return refuse(413, "too_large")
    except (OperationalError, InterfaceError):
        return refuse(503, "database", retry_after=WAIT_FOR_DATABASE)


def _receive(request: HttpRequest) -> HttpResponse:
    if request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() not in TYPES:
        return refuse(415, "type")
    found = profile_of(request)
    if found is None:
        return refuse(401, "token")
    profile, full = found
    wait = PACE.wait(profile.pk)
    if wait:
        return refuse(429, "too_often", retry_after=wait)
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    body = sync.read(request.body, encoding=encoding)
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
