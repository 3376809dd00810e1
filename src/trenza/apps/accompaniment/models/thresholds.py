from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Thresholds(Model):
    """From when on a woman of this programme is on the list of whom to call, as its definition says. `quiet_days` are
    those for which she leaves it once somebody has talked with her."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "silent_days", "failures", "absences", "quiet_days"), PLAIN
    )

    programme = models.OneToOneField("programmes.Programme", on_delete=models.PROTECT, related_name="thresholds")
    silent_days = models.PositiveSmallIntegerField(default=7)
    failures = models.PositiveSmallIntegerField(default=2)
    absences = models.PositiveSmallIntegerField(default=2)
    quiet_days = models.PositiveSmallIntegerField(default=7)
