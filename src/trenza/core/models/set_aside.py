from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.fields import UUIDField
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class SetAside(models.Model):
    """An entry that could not be applied, kept whole with its reason: nothing that a device sent is thrown away.

    *Held*: its kind is not known here yet, and it is taken in after an upgrade; or somebody must look at it first, and
    then it is *taken in* or *discarded*. *Refused*: it never will be as it stands.
    `payload` is what the device sent, so it counts as personal whatever it should have held.
    """

    class State(models.TextChoices):
        HELD = "held"
        REFUSED = "refused"
        TAKEN_IN = "taken_in"
        DISCARDED = "discarded"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "id": PLAIN, "device": PLAIN, "sequence": PLAIN, "kind": PLAIN, "state": PLAIN, "reason": PLAIN,
        "digest": PLAIN, "payload": PERSONAL, "received_at": PLAIN,
        "settled_at": PLAIN, "settled_by": PLAIN,
    }  # fmt: skip

    id = models.BigAutoField(primary_key=True)
    device = UUIDField()
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    state = models.CharField(max_length=9, choices=State.choices)
    reason = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    payload = models.BinaryField()
    received_at = models.DateTimeField()
    # When a person decided about it, and who.
    settled_at = models.DateTimeField(null=True)
    settled_by = UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "sequence", "digest"], name="core_setaside_once"),
            models.CheckConstraint(
                condition=Q(state__in=["held", "refused"], settled_at__isnull=True, settled_by__isnull=True)
                | Q(state__in=["taken_in", "discarded"], settled_at__isnull=False),
                name="core_setaside_settled_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.kind}: {self.reason}"
