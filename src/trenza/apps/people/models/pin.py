from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Pin(Model):
    """The PIN of a person: 4 to 8 digits, kept as a slow hash. It is one factor beside a phone, a card or a code.

    A *start PIN* was given by the team: it ends at `expires_at`, works once (`used_at`), and she must choose her own.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "hash": SENSITIVE,
        "set_at": PLAIN,
        "set_by": PLAIN,
        "expires_at": PLAIN,
        "used_at": PLAIN,
    }

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Of a start PIN only.
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(expires_at__isnull=False), name="people_pin_only_a_start_is_used"
            ),
        ]

    def __str__(self) -> str:
        return f"PIN {self.pk}"

    @property
    def must_change(self) -> bool:
        """Whether it is a start PIN."""
        return self.expires_at is not None
