from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.api import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Readiness(Model):
    """A short path by which she meets a rule by doing it: `[[readiness]]` of a programme, `content` as it stands there.

    One for each rule. A path that a later definition leaves out is deleted: what somebody did by it is a Fulfilment.
    """

    class Kind(models.TextChoices):
        TASKS = "tasks"
        EMAIL = "email"

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "code", "rule", "kind", "title", "content", "position"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="readiness")
    code = models.CharField(max_length=60)
    rule = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("programme", "position")
        constraints = (
            models.UniqueConstraint(fields=["programme", "code"], name="admissions_readiness_code"),
            models.UniqueConstraint(fields=["programme", "rule"], name="admissions_readiness_rule_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["tasks", "email"]), name="admissions_readiness_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.title
