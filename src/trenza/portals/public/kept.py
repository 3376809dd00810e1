"""What she typed, kept in her session while she signs in, and receipts for what was just done. Never in an address."""

import hashlib
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.sessions.models import Session
from django.http import HttpRequest, QueryDict

from trenza.apps.admissions.api import Call
from trenza.core import clock
from trenza.core.bulk import put

_KEY: Final = "typed"
_KEPT_SECONDS: Final = 3_600
_RECEIPT_SECONDS: Final = 600


def keep(request: HttpRequest, call: Call, typed: QueryDict) -> None:
    """Keep what was posted for this call; what was typed for another is dropped."""
    data = typed.copy()
    data.pop("csrfmiddlewaretoken", None)
    request.session[_KEY] = {"call": str(call.pk), "at": clock.now().timestamp(), "data": data.urlencode()}


def kept(request: HttpRequest, call: Call) -> QueryDict | None:
    """What was kept for this call within the hour."""
    found: dict[str, Any] = request.session.get(_KEY) or {}
    fresh = found.get("at", 0) > clock.now().timestamp() - _KEPT_SECONDS
    return QueryDict(found["data"]) if found.get("call") == str(call.pk) and fresh else None


def forget(request: HttpRequest) -> None:
    """Drop it: it was used."""
    request.session.pop(_KEY, None)


def leave_receipt(once: str, call: Call, person: UUID) -> None:
    """Remember for ten minutes who was registered by the page that held `once`, so that its second click is hers too.

    `once` is a secret that only that page had; the receipt is left after its own post registered a new person.
    """
    if once:
        expires = clock.now() + timedelta(seconds=_RECEIPT_SECONDS)
        data = Session.objects.encode({"person": str(person)})
        put(Session(session_key=_receipt_key(once, call), session_data=data, expire_date=expires), key=["session_key"])


def receipt(once: str, call: Call) -> UUID | None:
    """Whom the page that held `once` registered."""
    if not once:
        return None
    row = Session.objects.filter(session_key=_receipt_key(once, call), expire_date__gt=clock.now()).first()
    return UUID(row.get_decoded()["person"]) if row else None


def _receipt_key(once: str, call: Call) -> str:
    # A row among the sessions: they are shared by all processes, expire, and are cleared away.
    return "once" + hashlib.sha256(f"{call.pk} {once}".encode()).hexdigest()[:36]
