from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.api import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Measure(models.TextChoices):
    """What can be counted; each is published by one app."""

    APPLICATIONS = "applications"
    AWARDS = "awards"
    ENROLMENTS = "enrolments"
    COMPLETIONS = "completions"
    CERTIFICATES = "certificates"
    TRAINERS = "trainers"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def current(self) -> "IndicatorQuerySet":
        """Those that the latest definition still names."""
        return self.filter(retired_at=None)


class Indicator(Model):
    """A number by which a programme is judged. A blank `measure` is one that Trenza does not count: only what was
    reported about it is shown."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "code", "name", "measure", "position", "retired_at"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=12, choices=Measure, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="impact_indicator_code_once"),
            models.CheckConstraint(
                condition=models.Q(
                    measure__in=["", "applications", "awards", "enrolments", "completions", "certificates", "trainers"]
                ),
                name="impact_indicator_measure_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
