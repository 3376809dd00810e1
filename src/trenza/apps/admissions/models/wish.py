from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.apps.programmes.api import Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Wish(Model):
    """A track that she wishes for, of those of her call; `rank` 1 is the one that she wants most."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("application", "track", "rank"), PLAIN)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="wishes")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("application", "rank")
        constraints = (
            models.UniqueConstraint(fields=["application", "track"], name="admissions_wish_track_once"),
            models.UniqueConstraint(fields=["application", "rank"], name="admissions_wish_rank_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="admissions_wish_rank_from_one"),
        )
        indexes = (models.Index(fields=["track", "rank"], name="admissions_wish_of_track"),)

    def __str__(self) -> str:
        return f"wish {self.pk}"
