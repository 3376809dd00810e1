from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Region, Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Award(Model):
    """A place given to a person in a call; it holds a seat while her application is awarded or accepted. One per person
    and call: who comes back to the waiting list after it ended is offered the same place anew.

    `track` is where the place is: the best of her wishes that had a seat, or where she changed to. `changed_track_at`:
    she used the one change that is hers.

    `awarded_at` is the first time, `offered_at` the last. From the moment on which the offer is known to have *reached*
    her, she has the days of the call to answer: until `expires_at`, which stays empty where the call has no such days.
    """

    class Reached(models.TextChoices):
        SEEN = "seen"
        TOLD = "told"
        DELIVERED = "delivered"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("application", "call", "person", "region", "track", "awarded_at", "awarded_by"), PLAIN),
        "changed_track_at": PLAIN,
        **dict.fromkeys(("offered_at", "reached_at", "reached_how", "reached_by", "expires_at"), PLAIN),
    }

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    awarded_at = models.DateTimeField()
    # Null where the system awarded it.
    awarded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Null: since it was awarded.
    offered_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_how = models.CharField(max_length=9, choices=Reached, blank=True)
    # Who told her, where somebody did.
    reached_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    changed_track_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("awarded_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["call", "person"], name="admissions_award_once"),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=True, reached_how="")
                | Q(reached_at__isnull=False, reached_how__in=["seen", "told", "delivered"]),
                name="admissions_award_reached_somehow",
            ),
            models.CheckConstraint(
                condition=Q(reached_by__isnull=True) | Q(reached_how="told"), name="admissions_award_told_by"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(reached_at__isnull=False),
                name="admissions_award_expires_once_reached",
            ),
        )
        indexes = (
            models.Index(fields=["awarded_at", "id"], name="admissions_award_order"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="admissions_award_expiring"
            ),
        )

    def __str__(self) -> str:
        return f"award {self.pk}"

    @property
    def since(self) -> datetime:
        """Since when the offer stands."""
        return self.offered_at or self.awarded_at

    def has_expired_at(self, moment: datetime) -> bool:
        """Whether her days to answer are over, whoever has noticed it yet."""
        return self.expires_at is not None and self.expires_at <= moment


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
