from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region, Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class SeatChange(Model):
    """A line of the ledger of seats: a call, a region or track of it or its reserve had so many, and has so many now.

    `before` and `after` are null where there is no limit. `reason` is what the team wrote, and empty where the number
    came with a definition. What was changed in one go has one `change`. Lines are never changed or removed.
    """

    class Of(models.TextChoices):
        TOTAL = "total"
        REGION = "region"
        TRACK = "track"
        RESERVE = "reserve"

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("call", "change", "of", "region", "track", "before", "after", "reason", "at", "by"), PLAIN
    )

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="seat_changes")
    change = models.UUIDField()
    of = models.CharField(max_length=7, choices=Of)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    before = models.PositiveIntegerField(null=True, blank=True)
    after = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(of="region", region__isnull=False, track__isnull=True)
                | Q(of="track", track__isnull=False, region__isnull=True)
                | Q(of__in=["total", "reserve"], region__isnull=True, track__isnull=True),
                name="admissions_seat_change_of_known",
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")) | Q(before__isnull=True) | Q(after__isnull=True),
                name="admissions_seat_change_changes",
            ),
        )
        indexes = (models.Index(fields=["call", "at", "id"], name="admissions_seat_change_order"),)

    def __str__(self) -> str:
        return f"seat change {self.pk}"
