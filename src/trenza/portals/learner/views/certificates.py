"""Her certificate as a PDF, and her badge: for her, and for the team in whose scope it lies."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import (
    Credential,
    NameNotPrintable,
    NothingToPrint,
    NotSigned,
    badge_of,
    pdf_of,
    readable_credentials,
)
from trenza.apps.people.api import person_of, signed_in_fully


@signed_in_fully
@require_safe
def pdf(request: HttpRequest, credential: UUID) -> HttpResponse:
    """The PDF, as a download. Where there is none to give, a page says why and what to do."""
    return _file(request, credential, pdf_of, "application/pdf", "certificado.pdf")


@signed_in_fully
@require_safe
def badge(request: HttpRequest, credential: UUID) -> HttpResponse:
    """The badge, as a download: a picture that other platforms read."""
    return _file(request, credential, badge_of, "image/png", "insignia.png")


def _file(
    request: HttpRequest, credential: UUID, made_of: Callable[[Credential], bytes], media_type: str, name: str
) -> HttpResponse:
    readable = readable_credentials.which(person_of(request))
    found = readable.select_related("wording", "person", "enrolment__edition").filter(pk=credential).first()
    if found is None:
        raise Http404
    successor = readable.filter(supersedes=found).first() if found.superseded_at else None
    context: dict[str, Any] = {"credential": found, "successor": successor, "demonstration": found.demonstration}
    if not found.is_valid:
        return render(request, "learner/certificate_none.html", context, status=410)
    try:
        content = made_of(found)
    except NameNotPrintable as unprintable:
        context["letters"] = " ".join(unprintable.letters)
        return render(request, "learner/certificate_none.html", context, status=409)
    except NothingToPrint:
        return render(request, "learner/certificate_none.html", context | {"erased": True}, status=410)
    except NotSigned:
        erased = not found.name
        status = 410 if erased else 409
        return render(
            request, "learner/certificate_none.html", context | {"erased": erased, "unsigned": True}, status=status
        )
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
