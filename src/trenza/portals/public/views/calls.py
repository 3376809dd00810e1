"""What the pages of a call have in common: finding it, showing it, limiting how often one tries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.http import Http404

from trenza.apps.admissions.api import Call, Seats, published_call, seats_of
from trenza.apps.programmes.api import Programme, Region, Track
from trenza.core import clock


@dataclass(frozen=True)
class RegionSeats:
    """A region of a call, and what is left there; None where there is no limit."""

    region: Region
    left: int | None


@dataclass(frozen=True)
class TrackSeats:
    """One of several tracks of a call, and what is left there; None where there is no limit."""

    track: Track
    left: int | None


@dataclass(frozen=True)
class Card:
    """A call as the pages show it. `opens_at` and `closes_at` are in the call's own time zone."""

    call: Call
    is_open: bool
    is_coming: bool
    opens_at: datetime
    closes_at: datetime
    city: str
    seats: Seats
    regions: Sequence[RegionSeats]
    regions_limited: bool
    tracks: Sequence[TrackSeats]
    tracks_limited: bool


def card_of(call: Call) -> Card:
    """Everything that a page shows of a call. Of one call, what is left of its seats is asked for the first time."""
    prefetch_related_objects([call], "pools")
    now, seats = clock.now(), seats_of(call)
    return Card(
        call=call,
        is_open=call.is_open_at(now),
        is_coming=now < call.opens_at,
        opens_at=call.opens_at.astimezone(call.zone),
        closes_at=call.closes_at.astimezone(call.zone),
        city=call.time_zone.rsplit("/", 1)[-1].replace("_", " "),
        seats=seats,
        regions=[RegionSeats(region, seats.left_in(region.pk)) for region in call.regions.all()],
        regions_limited=bool(seats.by_region),
        tracks=[TrackSeats(track, seats.left_in_track(track.pk)) for track in call.tracks_offered]
        if call.has_several_tracks
        else [],
        tracks_limited=bool(seats.by_track),
    )


def programme_or_404(code: str) -> Programme:
    """The programme of this code."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        raise Http404
    return programme


def call_or_404(programme: str, code: str) -> Call:
    """The published call of these codes; open or not. Its seats are not asked for: `card_of` does."""
    call = published_call(programme, code)
    if call is None:
        raise Http404
    return call
