from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.core.fields import UUIDField
from trenza.core.models.base import Model
from trenza.core.privacy import PLAIN, Privacy


class Alias(Model):
    """`person` is another name of `kept`, until `ended_at`: what entries say of the one is projected to the other.

    Entries stay as they were written. An alias that has ended stays too: an entry that was written under either name
    and is sent once more is the same one.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("person", "kept", "ended_at"), PLAIN)

    person = UUIDField()
    kept = UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="core_alias_stands_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("kept")), name="core_alias_of_another"),
        ]
        indexes = [
            models.Index(fields=["person", "kept"], name="core_alias_person"),
            models.Index(fields=["kept", "person"], name="core_alias_kept"),
        ]

    def __str__(self) -> str:
        return f"alias {self.pk}"
