from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class NameCorrection(Model):
    """That her certificates were issued anew with another name, by her or by the team. The names are in none."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("person", "by", "at"), PLAIN)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=["person", "at"], name="credentials_corrections"),)
