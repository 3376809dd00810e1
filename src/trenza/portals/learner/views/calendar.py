"""The secret address at which her calendar program reads her sessions: made, shown once, ended, and read."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trenza.apps.people.api import count_calendar_reading, count_guess, may_guess, signed_in_fully
from trenza.apps.sessions import api as sessions
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.learner.herself import herself


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Whether she has an address, and a new one where she asks for it: it is shown this once."""
    person = herself(request)
    made = None
    if request.method == "POST":
        secret = sessions.make_calendar_feed(person=person, by=person)
        made = f"{settings.PUBLIC_URL}{reverse('calendar_feed', args=[secret])}"
    return render(request, "learner/calendar.html", {"made": made, "feed": sessions.calendar_feed_of(person)})


@signed_in_fully
@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Nobody reads her sessions there from now on. A second tap does no harm."""
    person = herself(request)
    sessions.end_calendar_feed(person=person, by=person)
    return redirect("calendar_address")


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Her sessions, for whoever has the address; it names nobody. Addresses that are nobody's are counted."""
    connection = connection_of(request)
    if not may_guess(connection=connection):
        return too_many(request)
    found = sessions.find_calendar_feed(secret)
    if found is None:
        if not count_guess(connection=connection):
            return too_many(request)
        raise Http404
    if not count_calendar_reading(feed=str(found.pk)):
        return too_many(request)
    with translation.override(found.person.language):
        content = sessions.calendar_of(found.person)
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"Cache-Control": "private, max-age=3600", "ETag": etag, "X-Robots-Tag": "noindex"}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
