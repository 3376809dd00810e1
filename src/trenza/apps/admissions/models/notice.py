from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.application import Application
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Notice(Model):
    """Somebody of the team told her where her application stands: by the state that it was in."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("application", "told_at", "told_by"), PLAIN),
        "state": SENSITIVE,
    }

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notices")
    state = models.CharField(max_length=16, choices=Application.State)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("told_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["application", "state"], name="admissions_notice_once_for_a_state"),
        )

    def __str__(self) -> str:
        return f"notice {self.pk}"
