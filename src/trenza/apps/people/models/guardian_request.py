from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class GuardianRequest(Model):
    """A girl of whom nothing may be kept yet asks an adult. What she typed is `sealed` under a key that stands in the
    adult's link alone: here nobody can read it, find her or count her. Gone once it is answered or has ended."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"sealed": SENSITIVE, "ends_at": PLAIN}

    sealed = models.BinaryField(max_length=4_096)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"guardian request {self.pk}"
