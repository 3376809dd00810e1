from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class CalendarFeed(Model):
    """A secret address at which a calendar program reads her sessions, until she ends it or makes another."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN, "digest": SENSITIVE, "made_at": PLAIN, "ended_at": PLAIN
    }  # fmt: skip

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="calendar_feeds")
    # SHA-256 of the secret: it is random, and told once.
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="calendarfeed_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
