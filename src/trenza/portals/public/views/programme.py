"""The page of a programme: for whom, what one learns, how to get in, who stands behind it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.apps.admissions.api import published_calls
from trenza.apps.learning.api import published_courses
from trenza.apps.programmes.api import Module, Programme
from trenza.core import clock
from trenza.core.access import public
from trenza.portals.public.views.calls import card_of, programme_or_404

FOR_WHOM: Final[dict[str, str | Promise]] = {
    "women": _("For women."),
    "women_and_family": _("For women and members of their families."),
    "teachers": _("For teachers."),
}


@public
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """One programme with its open and coming calls."""
    found = programme_or_404(programme)
    calls = [card_of(call) for call in published_calls(found).filter(closes_at__gte=clock.now())]
    organisations = list(found.organisations.current())
    context = {
        "programme": found,
        "for_whom": FOR_WHOM.get(found.participants, ""),
        "calls": calls,
        "tracks": _tracks(found),
        "courses": {version.course.code for version in published_courses()},
        "activities": found.activities.current(),
        "organisers": [each for each in organisations if "organiser" in each.roles],
        "endorsers": [each for each in organisations if "endorser" in each.roles],
        "demonstration": any(card.call.edition.demonstration for card in calls),
    }
    return render(request, "public/programme.html", context)


def _tracks(programme: Programme) -> list[dict[str, object]]:
    modules: dict[object, list[Module]] = {}
    for module in Module.objects.current().filter(track__programme=programme):
        modules.setdefault(module.track_id, []).append(module)
    follow_ons: dict[object, list[object]] = {}
    for follow_on in programme.follow_ons.current():
        follow_ons.setdefault(follow_on.after_id, []).append(follow_on)
    return [
        {"track": track, "modules": modules.get(track.pk, []), "follow_ons": follow_ons.get(track.pk, [])}
        for track in programme.tracks.current()
    ]
