from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class PersonDevice(Model):
    """A profile: one person on one phone. `device` is its name in the journal, `id` its name on the phone.

    Of its tokens only digests are kept. Its secret, with which records are sealed, is kept encrypted (device_keys.py).
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "device": PLAIN,
        "deliver_digest": SENSITIVE,
        "token_digest": SENSITIVE,
        "secret": SENSITIVE,
        "with_card": PLAIN,
        "made_at": PLAIN,
        "seen_on": PERSONAL,
        "pending": PLAIN,
        "revoked_at": PLAIN,
        "revoked_by": PLAIN,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    device = UUIDField(unique=True)
    # SHA-256 of the token that only hands in, and of her own.
    deliver_digest = models.BinaryField(max_length=32, unique=True)
    token_digest = models.BinaryField(max_length=32, unique=True)
    secret = models.BinaryField(max_length=80)
    # Made by who had come in with a card: it opens no more than the card did.
    with_card = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # The last day (UTC) on which it was heard of, and how many records waited on it then.
    seen_on = models.DateField(null=True, blank=True)
    pending = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False), name="people_device_revoked_by_at"
            ),
        ]
        indexes = [models.Index(fields=["person", "made_at"], name="people_device_of_person")]

    def __str__(self) -> str:
        return f"profile {self.pk}"
