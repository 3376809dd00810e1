"""A stranger sees whether a certificate is true: by its link, its QR code, or by typing its code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import Credential, canonical, find_credential, grouped
from trenza.apps.people.api import count_guess, may_guess
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of

# Whose certificate it is may be seen by who has the code, and found by nobody.
_HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code on the paper; what is typed leads to its page."""
    typed = request.GET.get("codigo", "").strip()
    code = canonical(typed)
    if code:
        return redirect("certificate", code)
    return _page(request, "public/certificate_ask.html", {"typed": typed, "wrong": bool(typed)})


@public
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says, and whether it holds. Codes that are nobody's are counted, and soon refused.

    The code stands in the address on purpose: it is the link on the paper. Logs of requests stay off (docs/running.md).
    """
    meant = canonical(code)
    if meant is None:
        return _unknown(request)
    if meant != code:
        return redirect("certificate", meant)
    connection = connection_of(request)
    if not may_guess(connection=connection):
        return too_many(request)
    credential = find_credential(meant)
    if credential is None:
        return _unknown(request) if count_guess(connection=connection) else too_many(request)
    return _page(request, "public/certificate.html", _shown(credential))


def _shown(credential: Credential) -> dict[str, Any]:
    """Of one that was revoked the name is not shown: that the paper no longer holds is all that a stranger needs."""
    organisers, endorsers = (credential.wording.those_who(role) for role in ("organiser", "endorser"))
    return {
        "credential": credential,
        "wording": credential.wording,
        "name": credential.name if credential.is_valid else "",
        "code": grouped(credential.code),
        "organisers": organisers,
        "endorsers": endorsers,
        "demonstration": credential.demonstration,
    }


def _unknown(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/certificate_unknown.html", {}, status=404)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
