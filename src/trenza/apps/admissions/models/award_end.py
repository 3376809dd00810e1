from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.award import Award
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class AwardEnd(Model):
    """An award ended otherwise than by her no, and its seat is free: her days to answer were over (*expired*), the team
    took it back (*withdrawn*, with a reason), or she left what she had accepted before it began (*released*).

    An award may end several times: after each of them she may be offered the place anew.
    """

    class Kind(models.TextChoices):
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"
        RELEASED = "released"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("award", "kind", "at", "by"), PLAIN),
        # In words of the team, about her.
        "reason": PERSONAL,
    }

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="ends")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField()
    # Null where the system ended it.
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["expired", "withdrawn", "released"]), name="admissions_award_end_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawn") | Q(reason=""), name="admissions_award_end_reason_of_team"
            ),
        )

    def __str__(self) -> str:
        return f"award end {self.pk}"
