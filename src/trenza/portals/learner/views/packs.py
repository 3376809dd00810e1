"""What a phone asks for that takes a course along."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trenza.apps.learning.api import find_version
from trenza.core.access import public
from trenza.portals.field import fixed
from trenza.portals.learner.packs import manifest_of

_VERSION = re.compile(r"[0-9a-f]{12}")


@public
@require_safe
def manifest(request: HttpRequest, course: str, version: str) -> HttpResponse:
    """The files and lessons of a published version; the same for everybody, and for ever."""
    row = find_version(course, version) if _VERSION.fullmatch(version) else None
    if row is None:
        raise Http404
    found = manifest_of(row)
    return fixed.answer(request, found.plain, found.packed, kind="application/json", etag=found.etag)
