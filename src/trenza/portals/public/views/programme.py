"""The page of a programme: for whom, what one learns, how to get in, who stands behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trenza.apps.admissions.api import published_calls
from trenza.apps.learning.api import has_level_check, published_courses
from trenza.apps.programmes.api import Module, Programme, Track
from trenza.core import clock
from trenza.core.access import public
from trenza.portals.public.views.calls import card_of, programme_or_404
from trenza.portals.public.words import FOR_WHOM, LEVELS


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
        "level_check": has_level_check(found),
        "groups": _grouped(found, _tracks(found)),
        "levels": LEVELS,
        "courses": {version.course.code for version in published_courses()},
        "activities": found.activities.current(),
        "organisers": [each for each in organisations if "organiser" in each.roles],
        "endorsers": [each for each in organisations if "endorser" in each.roles],
        "demonstration": any(card.call.edition.demonstration for card in calls),
    }
    return render(request, "public/programme.html", context)


def _grouped(programme: Programme, tracks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tracks under their branches, those of no branch first under none."""
    branches = programme.branches.current().prefetch_related("tracks")
    of = {track.pk: branch for branch in branches for track in branch.tracks.all()}
    groups: list[dict[str, Any]] = [{"branch": None, "tracks": [row for row in tracks if row["track"].pk not in of]}]
    for branch in branches:
        own = [row for row in tracks if of.get(row["track"].pk) == branch]
        groups.append({"branch": branch, "for_whom": FOR_WHOM.get(branch.participants, ""), "tracks": own})
    return [group for group in groups if group["tracks"]]


def _tracks(programme: Programme) -> list[dict[str, Any]]:
    modules: dict[object, list[Module]] = {}
    for module in Module.objects.current().filter(track__programme=programme):
        modules.setdefault(module.track_id, []).append(module)
    follow_ons: dict[object, list[object]] = {}
    for follow_on in programme.follow_ons.current():
        follow_ons.setdefault(follow_on.after_id, []).append(follow_on)
    return [
        {"track": track, "modules": modules.get(track.pk, []), "follow_ons": follow_ons.get(track.pk, [])}
        for track in programme.tracks.current().exclude(pk__in=Track.objects.of_trainers().order_by().values("pk"))
    ]
