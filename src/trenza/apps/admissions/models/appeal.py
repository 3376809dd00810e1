from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy

APPEAL_LENGTH: Final = 1_000


class Appeal(Model):
    """She asks for a second look at how her application was judged; a coordinator answers with a reason.

    One at a time is open. `upheld` is null until it is answered.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("application", "made_at", "answered_at", "answered_by"), PLAIN),
        **dict.fromkeys(("text", "upheld", "reason"), SENSITIVE),
    }

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(max_length=APPEAL_LENGTH, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    upheld = models.BooleanField(null=True)
    reason = models.TextField(max_length=APPEAL_LENGTH, blank=True)

    class Meta:
        ordering = ("made_at", "id")
        indexes = (models.Index(fields=["answered_at", "made_at", "id"], name="admissions_appeal_queue"),)
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="admissions_appeal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None, answered_by=None)
                | Q(answered_at__isnull=False, upheld__isnull=False),
                name="admissions_appeal_answered_whole",
            ),
        )

    def __str__(self) -> str:
        return f"appeal {self.pk}"
