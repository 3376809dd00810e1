from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.impact.models.indicator import Indicator
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Reported(Model):
    """A number that somebody published about the past, with its source. Never added to what Trenza counts."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("indicator", "value", "starts_on", "ends_on", "source", "position"), PLAIN
    )

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="reported")
    value = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="impact_reported_ends_after_start"),
        ]
