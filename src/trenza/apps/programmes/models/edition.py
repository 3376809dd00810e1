from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.apps.programmes.models.region import Region
from trenza.apps.programmes.models.track import Track
from trenza.core.privacy import PLAIN, Privacy


class Edition(DefinedModel):
    """A dated run of a programme, both days included. The dates of a demonstration follow the day of loading."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(
            ("programme", "starts_on", "ends_on", "demonstration", "countries", "tracks", "regions"), PLAIN
        ),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    starts_on = models.DateField()
    ends_on = models.DateField()
    demonstration = models.BooleanField(default=False)
    countries = models.JSONField(default=list)
    tracks = models.ManyToManyField(Track, related_name="editions")
    regions = models.ManyToManyField(Region, related_name="editions")

    objects = DefinedQuerySet["Edition"].as_manager()

    class Meta:
        ordering = ["programme", "starts_on", "position"]
        constraints = [
            unique_code("programme", table="edition"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="edition_ends_after_start"),
        ]

    def runs_on(self, day: date) -> bool:
        """Whether `day` lies within the edition."""
        return self.starts_on <= day <= self.ends_on
