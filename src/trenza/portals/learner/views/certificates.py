"""Her certificate as a PDF: for her, and for the team in whose scope it lies; to print, to keep, to send."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import NameNotPrintable, NothingToPrint, pdf_of, readable_credentials
from trenza.apps.people.api import person_of, signed_in_fully


@signed_in_fully
@require_safe
def pdf(request: HttpRequest, credential: UUID) -> HttpResponse:
    """The PDF, as a download. Where there is none to give, a page says why and what to do."""
    readable = readable_credentials.which(person_of(request))
    found = readable.select_related("wording", "person", "enrolment__edition").filter(pk=credential).first()
    if found is None:
        raise Http404
    successor = readable.filter(supersedes=found).first() if found.superseded_at else None
    context = {"credential": found, "successor": successor, "demonstration": found.demonstration}
    if not found.is_valid:
        return render(request, "learner/certificate_none.html", context, status=410)
    try:
        content = pdf_of(found)
    except NameNotPrintable as unprintable:
        context["letters"] = " ".join(unprintable.letters)
        return render(request, "learner/certificate_none.html", context, status=409)
    except NothingToPrint:
        return render(request, "learner/certificate_none.html", context | {"erased": True}, status=410)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="certificado.pdf"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
