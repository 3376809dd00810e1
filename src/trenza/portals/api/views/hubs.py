"""`POST /hub/pair` and `POST /hub/sync`: the hub of a centre visits its cell (docs/hub-protocol.md)."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Final
from uuid import UUID

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from trenza.apps.people import api as people
from trenza.apps.sync import api as sync
from trenza.core.access import public
from trenza.portals.api.answers import refuse
from trenza.portals.api.bearer import bearer, token_in, unpadded
from trenza.portals.api.pace import Pace
from trenza.portals.api.views.sync import TYPES, WAIT_FOR_DATABASE, cell
from trenza.portals.field.origin import connection_of

MOST_TOLD: Final = 2_000
WAIT_AFTER_TRIES: Final = 900
_UNCACHED: Final = {"Cache-Control": "no-store"}
# A first visit has hundreds of messages, one after the other.
PACE: Final = Pace(burst=600, per_second=5)

View = Callable[[HttpRequest], HttpResponse]


class _Pairing(msgspec.Struct, frozen=True):
    """`device` is the hub's in the journal, in hex; `recipient` its public key of age."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    device: UUID
    recipient: Annotated[str, msgspec.Meta(pattern=r"^age1[0-9a-z]{58}$")]


def _posted(view: View) -> View:
    """POST alone; errors are JSON, whatever happens."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            response = refuse(405, "method")
            response.headers["Allow"] = "POST"
            return response
        try:
            return view(request)
        except sync.NotProved:
            return refuse(401, "proof")
        except sync.Unreadable as error:
            return refuse(400, error.code)
        except (UnreadablePostError, msgspec.MsgspecError, RecursionError):
            return refuse(400, "body")
        except (sync.TooLarge, RequestDataTooBig):
            return refuse(413, "too_large")
        except (OperationalError, InterfaceError):
            return refuse(503, "database", retry_after=WAIT_FOR_DATABASE)

    return guarded


@public
@csrf_exempt  # no cookie is asked: who knows the code may pair
@_posted
def pair(request: HttpRequest) -> HttpResponse:
    """Make whoever knows the code the hub of its centre, and tell it once what it needs."""
    if len(request.body) > MOST_TOLD:
        return refuse(413, "too_large")
    told = msgspec.json.decode(request.body, type=_Pairing)
    if not people.count_hub_code_try(connection=connection_of(request)):
        return refuse(429, "too_often", retry_after=WAIT_AFTER_TRIES)
    try:
        paired = sync.pair(code=told.code, device=told.device, recipient=told.recipient)
    except sync.CodeNotValid:
        return refuse(401, "code")
    except sync.CentreHasHub:
        return refuse(409, "centre_has_hub")
    content = {
        "v": 1,
        "hub": paired.hub.pk.hex,
        "name": paired.hub.name,
        "centre": paired.hub.centre.hex,
        "token": unpadded(paired.token),
        "secret": unpadded(paired.secret),
        "cell": {**cell(), "recipient": str(sync.own_identity().to_public())},
    }
    return HttpResponse(msgspec.json.encode(content), content_type="application/json", headers=_UNCACHED)


@bearer
@csrf_exempt  # no cookie is asked: there is nothing that another site could borrow
@_posted
def visit(request: HttpRequest) -> HttpResponse:
    """Take in what a hub hands on, and tell it what is new."""
    if request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() not in TYPES:
        return refuse(415, "type")
    token = token_in(request)
    hub = sync.hub_by_token(token) if token else None
    if hub is None:
        return refuse(401, "token")
    wait = PACE.wait(hub.pk)
    if wait:
        return refuse(429, "too_often", retry_after=wait)
    secret = sync.secret_of(hub)
    if secret is None:
        return refuse(503, "secret_lost", retry_after=3_600)
    asked = sync.read_message(request.body, sync.HubRequest, hub=hub.pk, secret=secret)
    answered = sync.answer_hub(hub=hub, request=asked)
    return HttpResponse(
        sync.write_message(answered, hub=hub.pk, secret=secret), content_type="application/msgpack", headers=_UNCACHED
    )
