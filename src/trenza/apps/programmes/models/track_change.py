from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.apps.programmes.models.track import Track
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class TrackChange(Model):
    """An enrolment went from one track to another: who changed it, when, and why where the team did. Lines are never
    changed or removed."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("enrolment", "before", "after", "at", "by"), PLAIN),
        # In words of the team, about her; empty where she changed it herself.
        "reason": PERSONAL,
    }

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="track_changes")
    before = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="trackchange_changes"),
        ]
