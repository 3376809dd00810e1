from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.api import Person
from trenza.apps.places.models.centre import Centre
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Member(Model):
    """She comes to this centre: its hub knows her, and its team helps her. Until she is taken from the list."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("centre", "person", "added_at", "added_by", "ended_at", "ended_by"), PLAIN
    )

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "person"], condition=Q(ended_at__isnull=True), name="places_member_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False), name="places_member_ended_by_at"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"
