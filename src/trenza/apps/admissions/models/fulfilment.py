from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy

REASON_LENGTH: Final = 500


class Fulfilment(Model):
    """A rule that counts as met for one application, whatever its answers say, until it is undone.

    She did the tasks, or confirmed her address; or a coordinator says so, with a reason that she reads.
    """

    class How(models.TextChoices):
        TASKS = "tasks"
        EMAIL = "email"
        TEAM = "team"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("application", "rule", "how", "made_at", "made_by", "undone_at", "undone_by"), PLAIN),
        "reason": SENSITIVE,
    }

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="fulfilments")
    rule = models.CharField(max_length=60)
    how = models.CharField(max_length=5, choices=How)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    made_at = models.DateTimeField()
    # Null where the system did it.
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["application", "rule"], condition=Q(undone_at=None), name="admissions_fulfilment_once"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["tasks", "email", "team"]), name="admissions_fulfilment_how_known"
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="admissions_fulfilment_undone_by_at"
            ),
        )

    def __str__(self) -> str:
        return f"fulfilment {self.pk}"
