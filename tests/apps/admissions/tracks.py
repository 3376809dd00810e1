"""A call with several tracks, and women who wish."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.apps.admissions.examples import CLOSES, a_call, a_programme, an_application, with_seats
from trenza.apps.admissions.actions.acceptance import accept_award
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.wishes import keep_wishes
from trenza.apps.admissions.models import Application, Award, Call, SeatPool
from trenza.apps.programmes.api import Module, Programme, Track

TRACKS = ("soporte", "redes", "python")
LAST_DAY = CLOSES.date()


def with_tracks(programme: Programme, codes: Sequence[str] = TRACKS) -> list[Track]:
    """Tracks of two modules each: a course of its own, and a strand that they share, which a trainer confirms."""
    edition = programme.editions.get()
    tracks = []
    for position, code in enumerate(codes, 1):
        track = Track.objects.create(
            programme=programme, code=code, name=code.title(), summary="Aprende.", position=position, unlock="free"
        )
        Module.objects.create(track=track, code=code, name=code, position=0, requirement_kind="course", course=code)
        Module.objects.create(
            track=track, code="vida", name="Vida", position=1, requirement_kind="confirmed", confirmed_by="trainer"
        )
        edition.tracks.add(track)
        tracks.append(track)
    return tracks


def a_tracks_call(
    total: int | None = None, *, regions: dict[str, int] | None = None, change_until: date | None = LAST_DAY,
    code: str = "caminos", **of_tracks: int,
) -> Call:  # fmt: skip
    """Published and open, with the three tracks and no conditions; seats in total, of regions and of tracks."""
    programme = Programme.objects.first() or a_programme()
    tracks = list(programme.tracks.filter(code__in=TRACKS)) or with_tracks(programme)
    call = a_call(programme, code, track=None, rules=[], change_until=change_until, seats=total)
    call.tracks.set(tracks)
    with_seats(call, total, **(regions or {}))
    for name, seats in of_tracks.items():
        SeatPool.objects.create(call=call, track=track_of(call, name), seats=seats)
    return call


def track_of(call: Call, code: str) -> Track:
    return call.programme.tracks.get(code=code)


def wishing(call: Call, n: int, *codes: str, region: str = "el-alto", **changes: Any) -> Application:
    """An application in state submitted, without going through the action."""
    application = an_application(call, n, region, **changes)
    keep_wishes(application, [track_of(call, code) for code in codes])
    return application


def placed(call: Call, n: int, *codes: str) -> Award:
    """Somebody who accepted her place."""
    award = award_application(application=wishing(call, n, *codes), by=None)
    accept_award(award=award, by=None)
    return Award.objects.get(pk=award.pk)


def places(call: Call) -> dict[str, str]:
    """Who has a place where: by given name."""
    held = call.awards.filter(application__state__in=["awarded", "accepted"])
    return dict(held.order_by("application__submitted_at").values_list("person__given_name", "track__code"))


def taken_of(call: Call) -> dict[str, int]:
    """What is taken of each pool, by the code of its region or track; "" is the total."""
    pools = call.pools.select_related("region", "track")
    return {str(getattr(pool.region or pool.track, "code", "")): pool.taken for pool in pools}


def held_of(call: Call) -> dict[str, int]:
    """What awards hold of each pool: what `taken_of` must be."""
    held = call.awards.filter(application__state__in=["awarded", "accepted"])
    found = {}
    for pool in call.pools.select_related("region", "track"):
        of = {"region": pool.region} if pool.region else {"track": pool.track} if pool.track else {}
        found[str(getattr(pool.region or pool.track, "code", ""))] = held.filter(**of).count()
    return found
