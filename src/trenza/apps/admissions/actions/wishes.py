"""What she wishes for: tracks of a call that has several, in her order."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from trenza.apps.admissions.errors import WishesNotValid
from trenza.apps.admissions.models import Application, Call, Wish
from trenza.apps.programmes.api import Track
from trenza.core.ids import new_id

MOST_WISHES: Final = 5
_AT_ONCE: Final = 500


def ensure_wishes(call: Call, wishes: Sequence[Track]) -> None:
    """One or more tracks of a call with several, none twice; nothing to wish where there is one.

    Raises:
        WishesNotValid: see there.
    """
    if not call.has_several_tracks:
        if wishes:
            raise WishesNotValid
        return
    offered = {track.pk for track in call.tracks_offered}
    chosen = [track.pk for track in wishes]
    if not 1 <= len(chosen) <= MOST_WISHES or len(set(chosen)) != len(chosen) or not offered.issuperset(chosen):
        raise WishesNotValid


def keep_wishes(application: Application, wishes: Sequence[Track]) -> None:
    """Within the action that makes the application."""
    Wish.objects.bulk_create(
        Wish(id=new_id(), application=application, track=track, rank=rank) for rank, track in enumerate(wishes, 1)
    )


def wishes_of(call: Call, applications: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The tracks in which each of these may be given a place, the best first: the call's own, or what she wishes for of
    those that it has still.

    A query for each 500 of a call with several tracks, else none.
    """
    if call.track_id is not None:
        return {each: [call.track_id] for each in applications}
    found: dict[UUID, list[UUID]] = {each: [] for each in applications}
    keys = list(applications)
    wishes = Wish.objects.filter(track__in=Call.tracks.through.objects.filter(call=call).values("track"))
    for start in range(0, len(keys), _AT_ONCE):
        rows = wishes.filter(application__in=keys[start : start + _AT_ONCE]).order_by("application", "rank")
        for application, track in rows.values_list("application", "track"):
            found[application].append(track)
    return found
