"""The first page: what Trenza is, and the programmes."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trenza.apps.admissions.api import open_calls
from trenza.apps.places.api import has_open_centres
from trenza.apps.programmes.api import programmes
from trenza.core.access import public
from trenza.portals.public.views import hub


@public
def home(request: HttpRequest) -> HttpResponse:
    """Every programme as a card, with whether one can apply or start now. On a hub, the way in."""
    if settings.IS_HUB:
        return hub.home(request)
    selected: set[UUID] = set()
    opened: set[UUID] = set()
    for call in open_calls():
        (selected if call.is_selected else opened).add(call.programme_id)
    cards = [
        {"programme": programme, "applies": programme.pk in selected, "starts": programme.pk in opened}
        for programme in programmes()
    ]
    return render(request, "public/home.html", {"cards": cards, "has_centres": has_open_centres()})
