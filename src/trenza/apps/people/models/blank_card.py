from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class BlankCard(Model):
    """A card that was printed before anybody knew for whom.

    Its `number` (eight digits) is no secret: with it somebody who walked in is *given* the card. Its secret stands on
    the paper alone; with it she *claims* her record, once, and it is a card of hers from then on. Given to nobody it
    opens nothing. `batch` is what it was printed for.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("batch", "number", "made_at", "made_by", "expires_on"), PLAIN),
        "digest": SENSITIVE,
        **dict.fromkeys(("person", "given_at", "given_by", "claimed_at", "revoked_at", "revoked_by"), PLAIN),
    }

    batch = UUIDField(db_index=True)
    number = models.CharField(max_length=8, unique=True)
    # SHA-256 of the secret.
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # The first day (UTC) on which it no longer works.
    expires_on = models.DateField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="blank_cards")
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, given_at__isnull=True, given_by__isnull=True, claimed_at__isnull=True)
                | Q(person__isnull=False, given_at__isnull=False),
                name="people_blankcard_given_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="people_blankcard_revoked_by_at",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True) | Q(revoked_at__isnull=True), name="people_blankcard_one_end"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="people_blankcard_one_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"blank card {self.pk}"

    def works_on(self, day: date) -> bool:
        """Whether it may be given, or claimed where it was given, on this day."""
        return self.claimed_at is None and self.revoked_at is None and day < self.expires_on
