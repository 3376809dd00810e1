from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.admissions.models.call import Call
from trenza.apps.programmes.api import Region
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class SeatPool(Model):
    """The seats of a call, or of one of its regions; none where there is no limit. `region` null is the total.

    `taken` changes only by `UPDATE … WHERE taken < seats` (actions/seats.py), and the database refuses more.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("call", "region", "seats", "taken"), PLAIN)

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="pools")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seats = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["call", "region"], name="admissions_pool_region_once"),
            models.UniqueConstraint(fields=["call"], condition=Q(region=None), name="admissions_pool_total_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="admissions_pool_never_exceeded"),
        )

    @property
    def left(self) -> int:
        """Seats that nobody has."""
        return self.seats - self.taken
