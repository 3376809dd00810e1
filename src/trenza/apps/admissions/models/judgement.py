from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.application import Application
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Judgement(Model):
    """One time that the rules were applied to an application: why, and what came out, in the words of that day.

    `outcomes` holds `{rule, met, sentence}` of each rule. The newest one is what EligibilityOutcome holds too.
    """

    class Cause(models.TextChoices):
        APPLIED = "applied"
        ANSWERS = "answers"
        READINESS = "readiness"
        RULES = "rules"
        OVERRIDE = "override"
        UNDONE = "undone"
        APPEAL = "appeal"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("application", "judged_at", "judged_by", "cause"), PLAIN),
        **dict.fromkeys(("verdict", "state", "outcomes"), SENSITIVE),
    }

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="judgements")
    judged_at = models.DateTimeField()
    # Who caused it: herself, a coordinator; null where the system did.
    judged_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cause = models.CharField(max_length=9, choices=Cause)
    verdict = models.CharField(max_length=12)
    state = models.CharField(max_length=16, choices=Application.State)
    outcomes = models.JSONField(default=list)

    class Meta:
        ordering = ("judged_at", "id")
        indexes = (models.Index(fields=["application", "judged_at", "id"], name="admissions_judgement_history"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    cause__in=["applied", "answers", "readiness", "rules", "override", "undone", "appeal"]
                ),
                name="admissions_judgement_cause_known",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["eligible", "needs_help", "not_eligible"]),
                name="admissions_judgement_verdict_known",
            ),
        )

    def __str__(self) -> str:
        return f"judgement {self.pk}"
