"""An application that is not sent yet: kept on the server, known to her browser by a cookie, and to her by a code."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from trenza.apps.admissions.api import Call
from trenza.apps.forms.api import code_for, discard_draft, draft_of, keep_draft, normal_code, written
from trenza.apps.people.api import person_of
from trenza.core.ids import new_secret_code
from trenza.portals.public.views import arriving

COOKIE = "draft"
# What a page sends beside the answers.
_NOT_TYPED = ("csrfmiddlewaretoken", arriving.ONCE, "paso", "ir")


class TooMany(Exception):
    """This browser or connection has begun too many."""


@dataclass(frozen=True)
class Begun:
    """What she has typed so far, and the code that leads to it."""

    code: str
    typed: QueryDict
    expires_at: datetime

    @property
    def written(self) -> str:
        """The code as she copies it."""
        return written(self.code)


def begun(request: HttpRequest, call: Call) -> Begun | None:
    """What was begun in this browser, and still stands. No query where there is no cookie."""
    return find(call, normal_code(request.COOKIES.get(COOKIE, "")))


def find(call: Call, code: str) -> Begun | None:
    """What was begun for this call under this code."""
    draft = draft_of(call.pk, code)
    return Begun(code, QueryDict(draft.typed), draft.expires_at) if draft else None


def keep(request: HttpRequest, call: Call, typed: QueryDict, before: Begun | None) -> Begun:
    """Keep what was typed: one write. A second click on the first page finds the draft of the first one.

    Raises:
        TooMany: see there.
        TooLong: more than any form asks for.
    """
    kept = typed.copy()
    for name in _NOT_TYPED:
        kept.pop(name, None)
    code = before.code if before else code_for(f"{call.pk} {request.POST.get(arriving.ONCE) or new_secret_code()}")
    person = person_of(request)
    if before is None and arriving.too_often(request):
        raise TooMany
    draft = keep_draft(subject=call.pk, code=code, typed=kept.urlencode(), person=person.pk if person else None)
    return Begun(code, kept, draft.expires_at)


def remember(response: HttpResponse, request: HttpRequest, call: Call, draft: Begun) -> HttpResponse:
    """Let this browser go on with it, until it is closed: on a shared phone nobody finds it for long."""
    if request.COOKIES.get(COOKIE) != draft.code:
        response.set_cookie(
            COOKIE, draft.code, path=_path(call), httponly=True, secure=request.is_secure(), samesite="Lax"
        )
    return response


def forget(response: HttpResponse, call: Call) -> HttpResponse:
    """Let this browser know nothing of it any more; with the code it is still there."""
    response.delete_cookie(COOKIE, path=_path(call), samesite="Lax")
    return response


def discard(call: Call, draft: Begun | None) -> None:
    """It was handed in."""
    if draft is not None:
        discard_draft(subject=call.pk, code=draft.code)


def _path(call: Call) -> str:
    return reverse("apply", args=[call.programme.code, call.code])
