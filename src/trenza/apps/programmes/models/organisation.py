from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.core.privacy import PLAIN, Privacy


class Organisation(DefinedModel):
    """An organisation as one programme names it: it organises, endorses, funds or is a partner (`roles`)."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "roles"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="organisations")
    roles = models.JSONField(default=list)

    objects = DefinedQuerySet["Organisation"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [unique_code("programme", table="organisation")]
