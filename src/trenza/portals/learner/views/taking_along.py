"""Her certificates as files: the signed document of one, and everything in one file, to be checked without us."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import Packed, bundle_of, own_credentials, signed_document, verification_url
from trenza.apps.people.api import count_taking_along, signed_in_fully
from trenza.core import clock
from trenza.portals.field.errors import too_many
from trenza.portals.learner.herself import herself

_HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "private, no-store"}


@signed_in_fully
@never_cache
@require_safe
def bundle(request: HttpRequest) -> FileResponse | HttpResponse:
    """All that holds, and what it takes to check it; so many times an hour, for it is work."""
    person = herself(request)
    if not count_taking_along(person=str(person.pk)):
        return too_many(request)
    # A neutral name: others may see her downloads.
    return FileResponse(bundle_of(person, _readme), as_attachment=True, filename="trenza.zip", headers=_HEADERS)


@signed_in_fully
@never_cache
@require_safe
def document(request: HttpRequest, credential: UUID) -> HttpResponse:
    """The signed credential of one of hers; 404 until it is signed."""
    found = own_credentials.which(herself(request)).select_related("template").filter(pk=credential).first()
    signed = signed_document(found) if found and found.is_valid else None
    if found is None or signed is None:
        raise Http404
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{found.template.code}.json"'}
    return JsonResponse(
        signed, content_type="application/vc", json_dumps_params={"ensure_ascii": False}, headers=headers
    )


def _readme(packed: Sequence[Packed]) -> str:
    rows = [(each.credential, each.files, verification_url(each.credential.code)) for each in packed]
    context = {"rows": rows, "day": clock.now().date(), "site": settings.PUBLIC_URL}
    return render_to_string("learner/leeme.txt", context)
