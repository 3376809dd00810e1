from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.impact.models.indicator import Indicator
from trenza.apps.programmes.api import Edition
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Target(Model):
    """What an indicator was to reach from one day to another, both included; of the programme, or of one edition.

    Its id is named by its content but the value. A target that the definition names no more is deleted: nothing hangs
    on it, and the version of the definition that named it is kept.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("indicator", "edition", "value", "starts_on", "ends_on", "source", "position"), PLAIN
    )

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="targets")
    value = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="impact_target_positive"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="impact_target_ends_after_start"),
        ]
