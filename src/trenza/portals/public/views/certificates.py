"""A stranger sees whether a certificate is true: by its link, its QR code, or by typing its code."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import (
    Credential,
    Signatures,
    canonical,
    code_in,
    find_credential,
    grouped,
    public_document_of,
    public_evidence_of,
    public_name_of,
    signatures_of,
    stamp_of,
)
from trenza.apps.people.api import count_guess, may_guess
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public import certificate_memory
from trenza.portals.public.verdicts import VERDICTS

_DOCUMENTS = ("application/vc", "application/vc+ld+json", "application/ld+json", "application/json")
# Whose certificate it is may be seen by who has the code, and found by nobody.
_HEADERS = {"Vary": "Accept", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code on the paper, or for the link of its page; what is typed leads there."""
    typed = request.GET.get("codigo", "").strip()
    code = code_in(typed)
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
    if meant is not None and meant != code:
        return redirect("certificate", meant)
    if meant is None or _asks_for_document(request):
        found = _found(request, meant)
        return found if isinstance(found, HttpResponse) else _document(request, found)
    if not may_guess(connection=connection_of(request)):
        return too_many(request)
    says = stamp_of(meant)
    if says is None:
        return _nobodys(request)
    return _with_headers(certificate_memory.answer(request, says, lambda: _rendered(request, meant)))


@public
@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """The credential for machines: Open Badges 3.0, as its issuer signed it."""
    credential = _found(request, canonical(code))
    return credential if isinstance(credential, HttpResponse) else _document(request, credential)


def _found(request: HttpRequest, code: str | None) -> Credential | HttpResponse:
    """The credential of this code, or the page that says why not."""
    if code is None:
        return _unknown(request)
    connection = connection_of(request)
    if not may_guess(connection=connection):
        return too_many(request)
    return find_credential(code) or _nobodys(request)


def _nobodys(request: HttpRequest) -> HttpResponse:
    """Of a code that is nobody's; it is counted."""
    return _unknown(request) if count_guess(connection=connection_of(request)) else too_many(request)


def _asks_for_document(request: HttpRequest) -> bool:
    """A machine that wants a credential says so; a browser wants a page, and so does who says nothing."""
    return request.get_preferred_type(["text/html", *_DOCUMENTS]) in _DOCUMENTS


def _document(request: HttpRequest, credential: Credential) -> HttpResponse:
    if not credential.is_valid:  # it bears her name, and it holds no more
        return _page(request, "public/certificate.html", _shown(credential, signatures_of(credential)), status=410)
    signed = public_document_of(credential)
    if signed is None:
        return _page(request, "public/certificate.html", _shown(credential), status=404)
    answer = JsonResponse(signed, content_type="application/vc", json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{credential.template.code}.json"'
    answer.headers["Access-Control-Allow-Origin"] = "*"  # checkers in a browser read it, as they read keys and lists
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    return answer


class Behind(NamedTuple):
    """An organisation that the certificate names; `signature` is `holds`, `fails`, or blank where it signed nothing."""

    role: str
    name: str
    signature: str


def _rendered(request: HttpRequest, code: str) -> HttpResponse:
    credential = find_credential(code)
    assert credential is not None  # it has a stamp, and none is ever deleted
    return render(request, "public/certificate.html", _shown(credential, signatures_of(credential)))


def _shown(credential: Credential, signatures: Signatures | None = None) -> dict[str, Any]:
    """Of one that was taken back the name is not shown: that the paper no longer holds is all that a stranger needs."""
    return {
        "credential": credential,
        "wording": credential.wording,
        "state": credential.state,
        "words": VERDICTS[credential.state],
        "name": public_name_of(credential),
        "evidence": public_evidence_of(credential),
        "code": grouped(credential.code),
        "behind": list(_behind(credential, signatures)),
        "signed": signatures is not None,
        "demonstration": credential.demonstration,
    }


def _behind(credential: Credential, signatures: Signatures | None) -> Iterator[Behind]:
    """Who organises and who endorses, in the words of the certificate, each with what it signed."""
    signed = {"organiser": [signatures.issuer] if signatures else []}
    signed["endorser"] = list(signatures.endorsers) if signatures else []
    for role, theirs in signed.items():
        holds = {each.name: each.holds for each in theirs}
        for name in credential.wording.those_who(role):
            signature = "" if name not in holds else "holds" if holds[name] else "fails"
            yield Behind(role, name, signature)


def _unknown(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/certificate_unknown.html", {}, status=404)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return _with_headers(render(request, template, context, status=status))


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
