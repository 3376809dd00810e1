from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy

PLAN_LENGTH: Final = 300


class StudyPlan(Model):
    """How she means to study in an edition, in her words: when, where, and who helps with those she looks after."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("person", "edition", "written_at"), PLAIN),
        **dict.fromkeys(("moments", "place", "helper"), SENSITIVE),
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="study_plans")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    moments = models.CharField(max_length=PLAN_LENGTH, blank=True)
    place = models.CharField(max_length=PLAN_LENGTH, blank=True)
    helper = models.CharField(max_length=PLAN_LENGTH, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("-written_at", "-id")
        constraints = (models.UniqueConstraint(fields=["person", "edition"], name="admissions_study_plan_once"),)

    def __str__(self) -> str:
        return f"study plan {self.pk}"
