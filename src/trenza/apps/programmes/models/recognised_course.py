from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.module import Module
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class RecognisedCourse(Model):
    """A course besides its own that meets a module: what she learned in another programme counts here."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("module", "course"), PLAIN)

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="recognised")
    course = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "course"], name="recognisedcourse_once")]
