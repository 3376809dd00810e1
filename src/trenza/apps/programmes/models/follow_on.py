from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, one_of, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.apps.programmes.models.track import Track
from trenza.core.privacy import PLAIN, Privacy


class FollowOn(DefinedModel):
    """What follows from completing the track `after`: a scholarship, a recommendation, or a place in `track`."""

    class Gives(models.TextChoices):
        SCHOLARSHIP = "scholarship"
        TRACK = "track"
        RECOMMENDATION = "recommendation"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "after", "gives", "track", "summary"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="follow_ons")
    after = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="follow_ons")
    gives = models.CharField(max_length=16, choices=Gives)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="follows_from")
    summary = models.TextField(blank=True, default="")

    objects = DefinedQuerySet["FollowOn"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            unique_code("programme", table="followon"),
            one_of("gives", ["scholarship", "track", "recommendation"], name="followon_gives_known"),
            models.CheckConstraint(
                condition=Q(gives="track", track__isnull=False) | (~Q(gives="track") & Q(track__isnull=True)),
                name="followon_track_if_given",
            ),
        ]
