"""The page that a phone keeps for a call, and the address to which it sends what was written there."""

import base64
import hashlib
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from trenza.apps.admissions.api import Call, Letter
from trenza.apps.forms.api import written
from trenza.apps.people.api import count_arrival
from trenza.core.access import public
from trenza.core.sealing import cell_key
from trenza.portals.field.origin import connection_of
from trenza.portals.public import letters
from trenza.portals.public.consent import CONSENT, CONSENT_DATE
from trenza.portals.public.forms import ApplicationForm
from trenza.portals.public.outreach_forms import OutreachForm
from trenza.portals.public.views.calls import call_or_404, card_of

WITH_CODE: Final = (Letter.State.MISSING, Letter.State.KNOWN, Letter.State.CLOSED)


@public
@require_safe
def page(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The whole form on one page, for who has no signal: the same bytes for everybody in a language."""
    found = call_or_404(programme, call)
    if not found.is_selected or found.form is None:
        raise Http404
    form = ApplicationForm(None, call=found, person=None, questionnaire=found.form.questionnaire)
    return _kept(request, found, form, {"online": reverse("apply", args=[programme, call])})


@public
@require_safe
def outreach_page(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The same for who takes others down. It knows nobody: her phone seals into each letter who she is."""
    found = call_or_404(programme, call)
    form = OutreachForm(None, call=found, by=None)
    return _kept(request, found, form, {"online": reverse("outreach_call", args=[programme, call]), "outreach": True})


@csrf_exempt  # no cookie is looked at; a browser asks first before it lets another site post JSON here
@public
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take one letter in. However often it is sent, it applies once and is answered the same."""
    if request.content_type != "application/json":
        return _answer({"error": "type"}, 415)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > letters.MOST_BYTES:
        return _answer({"error": "too_large"}, 413)
    try:
        name, secret, opened = letters.read(request.body)
        letter = letters.known(name, secret)
        if letter is None:
            if not count_arrival(browser="", connection=connection_of(request)):
                return _answer({"error": "too_many"}, 429, retry=True)
            letter = letters.deliver(name, secret, opened)
    except letters.Unreadable:
        return _answer({"error": "unreadable"}, 400)
    code = written(letters.code_of(secret)) if letter.state in WITH_CODE else ""
    return _answer({"letter": letter.pk.hex, "state": letter.state, "code": code})


def _kept(request: HttpRequest, call: Call, form: ApplicationForm, more: dict[str, Any]) -> HttpResponse:
    if settings.IS_HUB:  # a hub has no key of its cell, and decides nothing
        raise Http404
    card = card_of(call)
    context = {
        "call": call,
        "card": card,
        "form": form,
        "groups": list(form.groups()),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "cell": base64.urlsafe_b64encode(cell_key().public).rstrip(b"=").decode(),
        "take": reverse("letters"),
        "demonstration": call.edition.demonstration,
        **more,
    }
    html = render_to_string("public/letter.html", context)
    body = "\n".join(line for line in html.splitlines() if line.strip()).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Content-Language": translation.get_language()}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, headers=headers)


def _answer(said: dict[str, str], status: int = 200, *, retry: bool = False) -> JsonResponse:
    response = JsonResponse(said, status=status)
    response.headers["Cache-Control"] = "no-store"
    if retry:
        response.headers["Retry-After"] = "300"
    return response
