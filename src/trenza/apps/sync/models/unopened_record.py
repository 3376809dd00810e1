from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy
from trenza.core.sealing import Record


class UnopenedRecord(Model):
    """A sealed record that could not become entries, kept as it came: nothing that a phone sent is thrown away.

    *Held*: it speaks of what is not here yet (an act of a newer phone, a lesson, a device), and is tried again.
    *Refused*: it never will be as it stands. It stays sealed: `sealed` is of no use without the cell's key and the
    secret of its device. `carrier` is the device whose profile handed it in.
    """

    class State(models.TextChoices):
        HELD = "held"
        REFUSED = "refused"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "device": PLAIN,
        "session": PLAIN,
        "sequence": PLAIN,
        "count": PLAIN,
        "sealed": PERSONAL,
        "digest": PLAIN,
        "state": PLAIN,
        "reason": PLAIN,
        "carrier": PLAIN,
        "received_at": PLAIN,
    }

    device = UUIDField()
    session = models.BinaryField(max_length=65)
    sequence = models.BigIntegerField()
    count = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(max_length=65_536)
    # SHA-256 of all of the above: the same record, handed in again, is kept once.
    digest = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=60)
    carrier = UUIDField(db_index=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["held", "refused"]), name="sync_unopened_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["id"], name="sync_unopened_held", condition=Q(state="held")),
            models.Index(fields=["device"], name="sync_unopened_device"),
        ]

    def __str__(self) -> str:
        return f"{self.state} record {self.pk}: {self.reason}"

    @property
    def record(self) -> Record:
        """As it came."""
        return Record(self.device, bytes(self.session), self.sequence, self.count, bytes(self.sealed))
