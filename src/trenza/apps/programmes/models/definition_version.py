from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.programme import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class DefinitionVersion(Model):
    """One version of a programme's definition, in its canonical form (comments are not kept).

    `digest` is the SHA-256 of `source` in hex. `notes` are sentences for whoever loaded it: what was retired.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "number", "digest", "source", "notes", "loaded_at", "loaded_by"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    source = models.TextField()
    notes = models.JSONField(default=list)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="definitionversion_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="definitionversion_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"
