"""What machines need to check a credential: the keys of who issues, and the lists of what was taken back."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import did_document, find_status_list, published_status
from trenza.apps.programmes.api import Organisation
from trenza.core.access import public

REFRESH_SECONDS: Final = 300
"""For so long a copy of a list may be used: so soon everybody sees that a credential was taken back."""
_PURPOSES: Final = ("revocation", "suspension")


@public
@require_safe
def keys(request: HttpRequest, programme: str, organisation: str) -> HttpResponse:
    """The DID document of an organisation that issues or endorses; the retired ones too, for what they signed."""
    found = Organisation.objects.select_related("programme").filter(programme__code=programme, code=organisation)
    row = found.first()
    document = did_document(row) if row else None
    if not document or not document["verificationMethod"]:
        raise Http404
    return _for_everybody(JsonResponse(document, content_type="application/did+ld+json"))


@public
@require_safe
def status(request: HttpRequest, status_list: UUID, purpose: str) -> HttpResponse:
    """A status list, signed: a bit for each credential, and of whom nobody can tell."""
    found = find_status_list(status_list) if purpose in _PURPOSES else None
    document = published_status(found, purpose) if found else None
    if document is None:
        raise Http404
    return _for_everybody(HttpResponse(document, content_type="application/vc"))


def _for_everybody(answer: HttpResponse) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=REFRESH_SECONDS)
    return answer
