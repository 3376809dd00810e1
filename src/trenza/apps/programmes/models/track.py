from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, one_of, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.core.privacy import PLAIN, Privacy

TRAINERS: Final = "trainers"
"""`participants` of a branch for who teaches: the team enrols in its tracks, and its figures stand apart."""


class TrackQuerySet(DefinedQuerySet["Track"]):
    def of_trainers(self) -> "TrackQuerySet":
        """Those that train who teaches: in a branch for trainers. They stay so when that branch is retired, until
        another has them."""
        return self.for_participants(TRAINERS)

    def for_participants(self, participants: str) -> "TrackQuerySet":
        """Those in a branch for these people, as [[branch]] names them; retired branches as in `of_trainers`."""
        branches = apps.get_model("programmes", "Branch")._default_manager
        theirs = branches.filter(participants=participants)
        elsewhere = branches.filter(retired_at=None).exclude(participants=participants)
        return self.filter(pk__in=_tracks_in(theirs)).exclude(pk__in=_tracks_in(elsewhere))


def _tracks_in(branches: models.QuerySet[Any]) -> models.QuerySet[Any, Any]:
    return branches.order_by().filter(tracks__isnull=False).values("tracks")


class Track(DefinedModel):
    """A path of modules that is enrolled in and completed as one.

    `completion` is how many of its modules must be met; null means all. `hours` are academic hours, where the
    programme states them.
    """

    class Level(models.TextChoices):
        BASIC = "basic"
        INTERMEDIATE = "intermediate"
        ADVANCED = "advanced"

    class Unlock(models.TextChoices):
        IN_ORDER = "in_order"
        FREE = "free"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "summary", "level", "unlock", "hours", "completion"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tracks")
    summary = models.TextField()
    level = models.CharField(max_length=12, choices=Level, blank=True, default="")
    unlock = models.CharField(max_length=8, choices=Unlock, default=Unlock.IN_ORDER)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    completion = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            unique_code("programme", table="track"),
            one_of("level", ["", "basic", "intermediate", "advanced"], name="track_level_known"),
            one_of("unlock", ["in_order", "free"], name="track_unlock_known"),
            models.CheckConstraint(
                condition=Q(completion__isnull=True) | Q(completion__gt=0), name="track_completion_positive"
            ),
        ]
