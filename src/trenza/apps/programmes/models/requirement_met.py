from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.apps.programmes.models.module import Module
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class RequirementMet(Model):
    """She has done what a module asks. `evidence` is the id of a row or entry of the app that says so; `by` null is
    the system, after a course."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("enrolment", "module", "met_at", "evidence", "by"), PLAIN)

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="requirements_met")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="met")
    met_at = models.DateTimeField()
    evidence = UUIDField(null=True, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "requirements met"
        constraints = [models.UniqueConstraint(fields=["enrolment", "module"], name="requirementmet_once")]
