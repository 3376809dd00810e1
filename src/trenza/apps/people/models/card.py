from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Card(Model):
    """A printed card that, with her PIN, opens a learner's session and nothing more.

    Its secret (26 characters, 130 random bits) stands on the paper alone; we keep a digest. What is printed names
    the card and not her: whoever finds it learns nothing, and takes nothing without her PIN.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "digest": SENSITIVE,
        "made_at": PLAIN,
        "made_by": PLAIN,
        "expires_on": PLAIN,
        "used_on": PERSONAL,
        "revoked_at": PLAIN,
        "revoked_by": PLAIN,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    # SHA-256 of the secret.
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The first day (UTC) on which it no longer works.
    expires_on = models.DateField()
    # The last day (UTC) on which it opened a session.
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False), name="people_card_revoked_by_at"
            ),
        ]
        indexes = [models.Index(fields=["person", "made_at"], name="people_card_of_person")]

    def __str__(self) -> str:
        return f"card {self.pk}"

    def works_on(self, day: date) -> bool:
        """Whether it opens a session on this day."""
        return self.revoked_at is None and day < self.expires_on
