from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import one_of
from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.apps.programmes.models.module import Module
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class PriorLearning(models.TextChoices):
    """How the team knows that she had learned it before."""

    CERTIFICATE = "certificate", "a certificate of hers was seen"
    SHOWN = "shown", "she showed that she can do it"
    TEST = "test", "she passed a test"


class RequirementMet(Model):
    """She has done what a module asks. `evidence` is the id of a row or entry of the app that says so; `by` null is
    the system, after a course. `prior` says how the team knows where she had learned it before and elsewhere."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("enrolment", "module", "met_at", "evidence", "by", "prior"), PLAIN
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="requirements_met")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="met")
    met_at = models.DateTimeField()
    evidence = UUIDField(null=True, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prior = models.CharField(max_length=12, choices=PriorLearning, blank=True, default="")

    class Meta:
        verbose_name_plural = "requirements met"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "module"], name="requirementmet_once"),
            one_of("prior", ["", *PriorLearning.values], name="requirementmet_prior_known"),
            models.CheckConstraint(
                condition=models.Q(prior="") | models.Q(by__isnull=False), name="requirementmet_prior_by_somebody"
            ),
        ]
