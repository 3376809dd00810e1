from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Attempts(Model):
    """How often something was tried at sign-in until a moment. In the database, so that all web processes share it."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"subject": PERSONAL, "ends_at": PLAIN, "count": PLAIN}

    # What was tried and by whom or for whom, as a keyed hash: no address, known or not, can be read from it.
    subject = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "ends_at"], name="people_attempts_counted_once"),
        ]
