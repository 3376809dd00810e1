from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Consent(Model):
    """She agreed to a version of a text, until she withdraws it. Agreeing again makes another row."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "text": PERSONAL,
        "version": PLAIN,
        "given_at": PERSONAL,
        "given_by": PLAIN,
        "withdrawn_at": PERSONAL,
        "withdrawn_by": PLAIN,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    # The code of the text, e.g. "data-use".
    text = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    # Herself, or who acts for her; empty where the system did.
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text", "version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_consent_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True) | models.Q(withdrawn_at__isnull=False),
                name="people_consent_withdrawn_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.text} {self.version}"
