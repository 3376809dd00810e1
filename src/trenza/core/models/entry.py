from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trenza.core.fields import UUIDField
from trenza.core.models.device import Device
from trenza.core.privacy import PLAIN, Privacy


class Entry(models.Model):
    """One line of the journal: immutable, append-only by trigger, written by `trenza.core.journal` alone.

    `person` (about whom) and `by` (who did it) are pseudonyms; `data` holds ids, codes and numbers, no field that
    is personal. `position` is gapless and commits in order.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("position", "device", "sequence", "kind", "person", "by", "edition", "data"),
            *("happened_at", "recorded_at", "corrects_device", "corrects_sequence"),
        ),
        PLAIN,
    )

    position = models.BigIntegerField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, db_index=False, related_name="+")
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    person = UUIDField(null=True)
    by = UUIDField(null=True)
    edition = UUIDField(null=True)
    data = models.JSONField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    corrects_device = UUIDField(null=True)
    corrects_sequence = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "sequence"], name="core_entry_identity"),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="core_entry_sequence_positive"),
            models.CheckConstraint(
                condition=Q(corrects_device__isnull=True, corrects_sequence__isnull=True)
                | Q(corrects_device__isnull=False, corrects_sequence__isnull=False),
                name="core_entry_corrects_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "position"],
                name="core_entry_person",
                condition=Q(person__isnull=False),
            ),
            # The last entry about nobody, of which there may be few among millions (reading.standing).
            models.Index(fields=["position"], name="core_entry_nobody", condition=Q(person__isnull=True)),
            models.Index(F("kind"), F("position"), name="core_entry_kind"),
            models.Index(
                fields=["corrects_device", "corrects_sequence"],
                name="core_entry_corrects",
                condition=Q(corrects_device__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"
