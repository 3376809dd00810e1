from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Upstream(Model):
    """On the hub: the cell that it is paired with; one row. `hub` is its own name there.

    `acknowledged` is the position of its journal up to which all is safe at the cell, and `mark` the cell's word for
    it. `page` is the newest page of rows put in place, `applied` those that the cell does not know of yet, `told` the
    tables of which it knows that we know them. `exported` are the positions and marks of files that were written.
    `spent` are the bytes of `day` (UTC). When the cell's clock said `told_at`, ours said `heard_at`.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "only": PLAIN, "hub": PLAIN, "name": PLAIN, "centre": PLAIN, "url": PLAIN, "token": SENSITIVE,
        "secret": SENSITIVE, "recipient": PLAIN, "cell": PLAIN, "cell_public": PLAIN, "paired_at": PLAIN,
        "acknowledged": PLAIN, "mark": PLAIN, "page": PLAIN, "applied": PLAIN, "told": PLAIN,
        "exported": PLAIN, "seen_at": PLAIN, "failed_at": PLAIN, "failure": PLAIN, "revoked_at": PLAIN, "day": PLAIN,
        "spent": PLAIN, "told_at": PLAIN, "heard_at": PLAIN,
    }  # fmt: skip

    only = models.BooleanField(default=True, unique=True)
    hub = UUIDField()
    name = models.CharField(max_length=80)
    centre = UUIDField()
    url = models.CharField(max_length=200)
    token = models.BinaryField(max_length=80)
    secret = models.BinaryField(max_length=80)
    # The cell's public key of age, and the one that phones seal for.
    recipient = models.CharField(max_length=80)
    cell = models.CharField(max_length=80)
    cell_public = models.BinaryField(max_length=65)
    paired_at = models.DateTimeField()
    acknowledged = models.BigIntegerField(default=0)
    mark = models.BinaryField(max_length=16, default=b"")
    page = models.BigIntegerField(default=0)
    applied = models.JSONField(default=list)
    told = models.JSONField(default=list)
    exported = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)
    revoked_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    spent = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="sync_upstream_only_one"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, heard_at__isnull=True)
                | Q(told_at__isnull=False, heard_at__isnull=False),
                name="sync_upstream_told_heard",
            ),
        ]

    def __str__(self) -> str:
        return f"cell at {self.url}"


class NotTakenIn(Model):
    """On the hub: an entry, or a sealed record, of which the cell said something else than *accepted*."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("device", "sequence", "status", "reason", "at"), PLAIN)

    device = UUIDField()
    sequence = models.BigIntegerField()
    # `held`, `refused`, or `renamed`: then `reason` is the device under which the cell has it.
    status = models.CharField(max_length=8)
    reason = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "sequence"], name="sync_nottakenin_once")]

    def __str__(self) -> str:
        return f"{self.status}: {self.reason}"


class CarriedRecord(Model):
    """On the hub: a phone's sealed record on its way to the cell. Nobody here can read it; it stays once delivered."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "device": PLAIN, "session": PLAIN, "sequence": PLAIN, "count": PLAIN, "sealed": PERSONAL, "digest": PLAIN,
        "received_at": PLAIN, "delivered_at": PLAIN,
    }  # fmt: skip

    device = UUIDField(db_index=True)
    session = models.BinaryField(max_length=65)
    sequence = models.BigIntegerField()
    count = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(max_length=65_536)
    digest = models.BinaryField(max_length=32, unique=True)
    received_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="sync_carried_waiting", condition=Q(delivered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"carried record {self.pk}"


class ReceivedRow(Model):
    """On the hub: the page that last said something of a row. What an older page says of it comes too late."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("table", "key", "page"), PLAIN)

    table = models.CharField(max_length=80)
    key = models.BinaryField(max_length=100)
    page = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="sync_receivedrow_once")]

    def __str__(self) -> str:
        return f"row of {self.table}"
