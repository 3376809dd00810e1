from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Completion(Model):
    """An enrolment whose track is complete. Decided once; a definition that asks more later does not undo it."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("enrolment", "completed_at"), PLAIN)

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="completion")
    completed_at = models.DateTimeField()
