"""Anybody checks a certificate of anybody: a file, a photo of its code, a text. Nothing of what comes is kept.

The page is the same bytes for everybody, so that a phone keeps it and checks codes without a signal
(field/assets/apart). What a phone cannot do alone is done here.
"""

import gzip
import hashlib
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trenza.apps.credentials import api as credentials
from trenza.apps.people.api import count_guess, may_guess
from trenza.core.access import public
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.field.pages import accepts_gzip
from trenza.portals.public.verdicts import TROUBLES, VERDICTS, name_of

_KEYS_SECONDS: Final = 300
_MOST_TEXT: Final = 400_000
_HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
# Of these the name is not shown: that the paper no longer holds, or never did, is all that a stranger needs.
_NAMELESS: Final = (credentials.Verdict.REVOKED, credentials.Verdict.SUPERSEDED)
_UNPROVEN: Final = (credentials.Verdict.ALTERED, credentials.Verdict.UNKNOWN_ISSUER)


@csrf_exempt  # it changes nothing and looks at no cookie; the page is the same for everybody, so it bears no token
@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The page; and what somebody sent with it, judged. A code alone leads to the page of its certificate."""
    if request.method != "POST":
        return _page(request)
    connection = connection_of(request)
    if not may_guess(connection=connection):
        return too_many(request)
    try:
        found = _checked(request)
    except credentials.NothingFound as nothing:
        return _told(request, connection, {"trouble": TROUBLES[nothing.trouble]})
    if len(found) == 1 and found[0].findings is None:
        return redirect("certificate", found[0].code)
    if all(each.code == "" for each in found) and not count_guess(connection=connection):
        return too_many(request)
    shown = [_shown(each) for each in found if each.findings]
    pointed = [each.code for each in found if not each.findings]
    return _answer(request, {"shown": shown, "pointed": pointed})


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """What a phone keeps for checking without a signal."""
    answer = JsonResponse(credentials.known_to_phones(), json_dumps_params={"ensure_ascii": False})
    patch_cache_control(answer, public=True, max_age=_KEYS_SECONDS)
    return answer


def _checked(request: HttpRequest) -> list[credentials.Checked]:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > credentials.MOST_BYTES + _MOST_TEXT:  # before any of it is read
        raise credentials.NothingFound(credentials.Trouble.TOO_LARGE)
    file = request.FILES.get("foto") or request.FILES.get("archivo")
    known = credentials.known_here()
    if file is not None:
        if (file.size or 0) > credentials.MOST_BYTES:
            raise credentials.NothingFound(credentials.Trouble.TOO_LARGE)
        return credentials.check_file(file.read(), known)
    text = request.POST.get("codigo", "").strip()
    if not text:
        raise credentials.NothingFound(credentials.Trouble.EMPTY)
    return credentials.check_texts([text[:_MOST_TEXT]], known)


def _shown(checked: credentials.Checked) -> dict[str, Any]:
    findings, held = checked.findings, checked.held
    assert findings is not None
    name = name_of(findings)
    return {
        "verdict": name,
        "words": VERDICTS[name],
        "findings": findings,
        "proven": findings.verdict not in _UNPROVEN,
        "recipient": "" if findings.verdict in _NAMELESS else findings.recipient,
        "endorsed": [(each, VERDICTS[each.verdict]) for each in findings.endorsed],
        "code": checked.code,
        "since": checked.since,
        "until": checked.until,
        "is_in_utc": checked.is_in_utc,
        "demonstration": held is not None and held.demonstration,
    }


def _told(request: HttpRequest, connection: str, context: dict[str, Any]) -> HttpResponse:
    """What could not be read is counted: opening files costs more than looking a code up."""
    return _answer(request, context, status=400) if count_guess(connection=connection) else too_many(request)


def _answer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, "public/verify_result.html", context, status=status)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


def _page(request: HttpRequest) -> HttpResponse:
    language = translation.get_language()
    plain, packed, etag = _document(language)
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Language": language}
    if etag.removeprefix("W/") in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(packed, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(plain, headers=headers)


@cache
def _document(language: str) -> tuple[bytes, bytes, str]:
    """Rendered once per process: without a request, so that nothing about whoever asks can be in it."""
    context = {
        "demonstration": demonstration_everywhere(), "pages_only": settings.PAGES_ONLY, "for_everybody": True,
        "verdicts": VERDICTS.items(),
    }  # fmt: skip
    with translation.override(language):
        html = render_to_string("public/verify.html", context)
    body = "\n".join(line for line in html.splitlines() if line.strip()).encode()
    return body, gzip.compress(body, 9, mtime=0), f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
