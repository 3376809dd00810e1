from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from trenza.apps.programmes.models.base import one_of
from trenza.apps.programmes.models.edition import Edition
from trenza.apps.programmes.models.region import Region
from trenza.apps.programmes.models.track import Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Enrolment(Model):
    """A person in a track of an edition.

    `region`, `age_band` and `sex` are coarse strata as of the day she enrolled; they stay when her data are erased,
    so that counts stay true. Every change of `state` is an EnrolmentChange too, with who and when. A pause ends by
    itself after `paused_until`: ask `state_on(day)`, not `state`, what holds on a day.
    """

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("enrolment", "Active")
        PAUSED = "paused", pgettext_lazy("enrolment", "Paused")
        WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
        COMPLETED = "completed", pgettext_lazy("enrolment", "Completed")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("person", "edition", "track", "region", "state", "enrolled_at", "age_band", "sex"), PLAIN),
        "paused_until": PLAIN,
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrolments")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="enrolments")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    paused_until = models.DateField(null=True, blank=True)
    enrolled_at = models.DateTimeField()
    age_band = models.CharField(max_length=8, blank=True, default="")
    sex = models.CharField(max_length=6, blank=True, default="")

    class Meta:
        ordering = ["enrolled_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "edition", "track"], name="enrolment_once"),
            one_of("state", ["active", "paused", "withdrawn", "completed"], name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(state="paused", paused_until__isnull=False)
                | (~Q(state="paused") & Q(paused_until__isnull=True)),
                name="enrolment_paused_until_if_paused",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "track"], name="enrolment_edition_track"),
            # The list in its order, and who of all people is enrolled in a scope (read from the index alone).
            models.Index(fields=["enrolled_at", "id"], name="enrolment_order"),
            models.Index(fields=["person", "edition", "region"], name="enrolment_scope"),
        ]

    def state_on(self, day: date) -> str:
        """The state as of `day`: a pause that has run out is active again."""
        if self.state == self.State.PAUSED and self.paused_until and self.paused_until < day:
            return self.State.ACTIVE
        return self.state
