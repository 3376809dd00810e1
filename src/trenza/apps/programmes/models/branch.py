from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.apps.programmes.models.track import Track
from trenza.core.privacy import PLAIN, Privacy


class Branch(DefinedModel):
    """Tracks that go by a name of their own within a programme, for people of their own (`participants`, as there)."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "summary", "participants", "tracks"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="branches")
    summary = models.TextField()
    participants = models.CharField(max_length=60)
    tracks = models.ManyToManyField(Track, related_name="branches", blank=True)

    objects = DefinedQuerySet["Branch"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        verbose_name_plural = "branches"
        constraints = [unique_code("programme", table="branch")]
