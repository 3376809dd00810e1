from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Region
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Award(Model):
    """A place given to a person in a call; it holds a seat until it is declined. One per person and call."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("application", "call", "person", "region", "awarded_at", "awarded_by"), PLAIN
    )

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    awarded_at = models.DateTimeField()
    # Null where the system awarded it.
    awarded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("awarded_at", "id")
        constraints = (models.UniqueConstraint(fields=["call", "person"], name="admissions_award_once"),)
        indexes = (models.Index(fields=["awarded_at", "id"], name="admissions_award_order"),)

    def __str__(self) -> str:
        return f"award {self.pk}"


class Acceptance(Model):
    """She took the place: from here on she is enrolled."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("award", "enrolment", "accepted_at"), PLAIN)

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="acceptance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"acceptance {self.pk}"


class Refusal(Model):
    """She left the place to somebody else; its seat is free again."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("award", "declined_at"), PLAIN)

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="refusal")
    declined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"refusal {self.pk}"
