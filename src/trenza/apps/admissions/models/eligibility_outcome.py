from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class EligibilityOutcome(Model):
    """One rule as it was judged for an application, in the words of that day. A new judgement replaces the rows."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "application": PLAIN,
        "position": PLAIN,
        "rule": PLAIN,
        "met": SENSITIVE,
        "sentence": PLAIN,
        "help": PLAIN,
        "unmet": PLAIN,
    }

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    met = models.BooleanField()
    sentence = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    unmet = models.CharField(max_length=6)

    class Meta:
        ordering = ("application", "position")
        # Who lacks one thing: the list of the office asks after it.
        indexes = (
            models.Index(fields=["rule", "application"], condition=Q(met=False), name="admissions_outcome_unmet"),
        )
        constraints = (
            models.UniqueConstraint(fields=["application", "rule"], name="admissions_outcome_rule_once"),
            models.CheckConstraint(condition=Q(unmet__in=["refuse", "help"]), name="admissions_outcome_unmet_known"),
        )

    def __str__(self) -> str:
        return self.sentence
