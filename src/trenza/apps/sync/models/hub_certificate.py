from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.sync.models.hub import Hub
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class HubCertificate(Model):
    """On the cell: the name under which phones find a hub in its Wi-Fi, and the certificate for it.

    `request` is what the hub asked for (DER), `key` names the public key in it. `chain` (PEM, the hub's own first) ends
    at `ends_at`. A name is never given a second time: who stole a hub may still have its key.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "hub": PLAIN, "host": PLAIN, "request": PLAIN, "key": PLAIN, "chain": PLAIN, "ends_at": PLAIN,
        "failed_at": PLAIN, "failure": PLAIN,
    }  # fmt: skip

    hub = models.OneToOneField(Hub, on_delete=models.PROTECT, related_name="certificate")
    host = models.CharField(max_length=200, unique=True)
    request = models.BinaryField(max_length=2_000, default=b"")
    key = models.BinaryField(max_length=32, default=b"")
    chain = models.TextField(blank=True)
    ends_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(chain="", ends_at__isnull=True) | (~Q(chain="") & Q(ends_at__isnull=False)),
                name="sync_hubcertificate_chain_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate of {self.host}"


class OwnCertificate(Model):
    """On the hub: its name, and what the cell has of it; one row. `key` names the public key that the cell was asked to
    have certified; `chain` is empty until it was."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("only", "host", "key", "chain"), PLAIN)

    only = models.BooleanField(default=True, unique=True)
    host = models.CharField(max_length=200)
    key = models.BinaryField(max_length=32, default=b"")
    chain = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="sync_owncertificate_only_one")]

    def __str__(self) -> str:
        return f"own certificate of {self.host}"
