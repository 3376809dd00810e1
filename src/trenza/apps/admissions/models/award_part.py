from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.admissions.models.award import Award
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class AwardPart(Model):
    """One thing that an accepted award contains, and whether she has it: given on a day, by whom. One per award and
    code. It says that she has it and nothing else: the code of a voucher or a number of an account belongs elsewhere.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("award", "code", "kind", "name", "given_on", "given_by", "recorded_at"), PLAIN
    )

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="parts")
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    given_on = models.DateField(null=True, blank=True)
    # Null where it follows by itself: the course, once she is enrolled.
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (F("given_on").asc(nulls_first=True), "id")
        constraints = (
            models.UniqueConstraint(fields=["award", "code"], name="admissions_award_part_once"),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, recorded_at__isnull=True)
                | Q(given_on__isnull=False, recorded_at__isnull=False),
                name="admissions_award_part_given_and_recorded",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | Q(given_on__isnull=False), name="admissions_award_part_given_by_on"
            ),
        )

    def __str__(self) -> str:
        return f"award part {self.pk}"
