from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.core.privacy import PLAIN, Privacy


class Activity(DefinedModel):
    """What surrounds the tracks for everybody: mentoring, support, round tables. Shown; later apps act on it."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "kind", "summary"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=30)
    summary = models.TextField()

    objects = DefinedQuerySet["Activity"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        verbose_name_plural = "activities"
        constraints = [unique_code("programme", table="activity")]
