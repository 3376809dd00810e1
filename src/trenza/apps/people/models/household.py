from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Household(Model):
    """A family that takes part together. With its `code` (ten signs, shown to its members) a relative joins it."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"code": SENSITIVE, "made_at": PLAIN}

    code = models.CharField(max_length=10, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"household {self.pk}"


class HouseholdMember(Model):
    """Somebody is in a household until she leaves it; in one at a time."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "household": PERSONAL,
        **dict.fromkeys(("person", "joined_at", "left_at"), PLAIN),
    }

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("joined_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_at__isnull=True), name="people_householdmember_in_one"
            ),
        )

    def __str__(self) -> str:
        return f"household member {self.pk}"
