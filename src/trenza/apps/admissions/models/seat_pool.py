from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from trenza.apps.admissions.models.call import Call
from trenza.apps.programmes.api import Region, Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class SeatPool(Model):
    """The seats of a call, of one of its regions, or of one of its tracks; none where there is no limit. Where `region`
    and `track` are null, it is the total.

    `taken` changes only by `UPDATE … WHERE taken < seats` (actions/seats.py), and the database refuses more.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("call", "region", "track", "seats", "taken"), PLAIN)

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="pools")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seats = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["call", "region"], name="admissions_pool_region_once"),
            models.UniqueConstraint(fields=["call", "track"], name="admissions_pool_track_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(region=None, track=None), name="admissions_pool_total_once"
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(track__isnull=True), name="admissions_pool_of_one_thing"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="admissions_pool_never_exceeded"),
        )

    @property
    def of(self) -> UUID | None:
        """The region or track whose seats these are; None for the total."""
        found: UUID | None = self.region_id or self.track_id
        return found

    @property
    def left(self) -> int:
        """Seats that nobody has."""
        return self.seats - self.taken
