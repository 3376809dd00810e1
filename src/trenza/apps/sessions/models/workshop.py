from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Workshop(Model):
    """A workshop of an edition, as the definition names it; its sessions are dated. Who attended one has met `module`,
    where one is named. `parts` are its guide: [{name, minutes, text, without}], in order. Retired, never deleted:
    sessions stay attached."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("programme", "code", "name", "edition", "track", "module", "minutes", "materials", "parts"),
            *("position", "retired_at"),
        ),
        PLAIN,
    )

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="workshops")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="workshops")
    track = models.ForeignKey("programmes.Track", on_delete=models.PROTECT, related_name="workshops")
    module = models.ForeignKey(
        "programmes.Module", on_delete=models.PROTECT, null=True, blank=True, related_name="workshops"
    )
    minutes = models.PositiveSmallIntegerField()
    materials = models.JSONField(default=list)
    parts = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="workshop_code_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="workshop_takes_time"),
        ]

    def __str__(self) -> str:
        return self.name
