from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.definition_version import DefinitionVersion
from trenza.apps.programmes.models.programme import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class DefinitionDraft(Model):
    """What one person is making of a definition: its text, which may have errors, and the version that she began with.

    `revision` counts how often it was saved, so that two tabs of hers do not overwrite each other.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "person", "base", "source", "revision", "saved_at"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="drafts")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(DefinitionVersion, on_delete=models.PROTECT, related_name="+")
    source = models.TextField()
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="definitiondraft_once"),
            models.CheckConstraint(condition=Q(revision__gt=0), name="definitiondraft_revision_positive"),
        ]
