from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class HubPairing(Model):
    """On the cell: somebody may pair a hub for a centre by a code, once, until `ends_at`. We keep its digest."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "centre": PLAIN, "name": PLAIN, "code_digest": SENSITIVE, "opened_at": PLAIN, "opened_by": PLAIN,
        "ends_at": PLAIN, "used_at": PLAIN,
    }  # fmt: skip

    centre = UUIDField()
    name = models.CharField(max_length=80)
    code_digest = models.BinaryField(max_length=32, unique=True)
    opened_at = models.DateTimeField()
    opened_by = UUIDField(null=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pairing for centre {self.centre}"


class Hub(Model):
    """On the cell: a small computer in a centre that hands on what its people did, and is told whom it may see.

    Of its token a digest is kept; `secret`, with which both sides prove what they say, is kept encrypted. `device` is
    its device of the journal now; all that it ever had are rows of `HubDevice`. `acknowledged` and `mark` are what it
    was last told, `top` its newest position then. `page_sent` numbers the pages of rows that went down.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "centre": PLAIN, "name": PLAIN, "pairing": PLAIN, "device": PLAIN, "recipient": PLAIN,
        "token_digest": SENSITIVE, "secret": SENSITIVE, "paired_at": PLAIN, "paired_by": PLAIN,
        "revoked_at": PLAIN, "revoked_by": PLAIN, "seen_at": PLAIN, "program": PLAIN, "waiting": PLAIN,
        "acknowledged": PLAIN, "mark": PLAIN, "top": PLAIN, "page_sent": PLAIN, "page_applied": PLAIN, "tables": PLAIN,
        "forms": PLAIN,
    }  # fmt: skip

    centre = UUIDField()
    name = models.CharField(max_length=80)
    pairing = models.OneToOneField(HubPairing, on_delete=models.PROTECT, related_name="hub")
    device = UUIDField()
    # A public key of age: what is handed over as a file is locked for it.
    recipient = models.CharField(max_length=80)
    token_digest = models.BinaryField(max_length=32, unique=True)
    secret = models.BinaryField(max_length=80)
    paired_at = models.DateTimeField()
    # Who opened the pairing.
    paired_by = UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    program = models.CharField(max_length=80, blank=True)
    waiting = models.BigIntegerField(default=0)
    acknowledged = models.BigIntegerField(default=0)
    mark = models.BinaryField(max_length=16, default=b"")
    top = models.BigIntegerField(default=0)
    page_sent = models.BigIntegerField(default=0)
    page_applied = models.BigIntegerField(default=0)
    tables = models.JSONField(default=list)
    # Of each table, the form of its rows that it understands.
    forms = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=Q(revoked_at__isnull=True), name="sync_hub_one_for_a_centre"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False), name="sync_hub_revoked_by_at"
            ),
        ]

    def __str__(self) -> str:
        return f"hub {self.name}"


class HubDevice(Model):
    """On the cell: a device of the journal that a hub writes with; a hub that was restored takes another one."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"hub": PLAIN, "device": PLAIN}

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="devices")
    device = UUIDField(unique=True)

    def __str__(self) -> str:
        return f"device {self.device}"


class HubMark(Model):
    """On the cell: a position of a hub that was acknowledged to it, and the mark that says of which entries."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"hub": PLAIN, "position": PLAIN, "mark": PLAIN}

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="marks")
    position = models.BigIntegerField()
    mark = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "position", "mark"], name="sync_hubmark_once"),
        ]

    def __str__(self) -> str:
        return f"mark at {self.position}"


class HubRow(Model):
    """On the cell: what a hub has of a row that goes down to it.

    `digest` is of the value that it has put in place: None before we know, empty where the row is gone from it.
    `sent` is the same of what travelled last, in the page `page`.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("hub", "table", "key", "digest", "sent", "page"), PLAIN)

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=80)
    key = models.BinaryField(max_length=100)
    digest = models.BinaryField(max_length=12, null=True)
    sent = models.BinaryField(max_length=12)
    page = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "table", "key"], name="sync_hubrow_once")]
        indexes = [models.Index(fields=["hub", "page"], name="sync_hubrow_page")]

    def __str__(self) -> str:
        return f"row of {self.table}"
