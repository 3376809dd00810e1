from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.fields import UUIDField
from trenza.core.privacy import PLAIN, Privacy


class Device(models.Model):
    """Whatever writes entries: the authority itself, its handlers, hubs and phones. Whose it is, people knows."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority"
        FORMER = "former"  # the authority before a restore
        HANDLER = "handler"
        HUB = "hub"
        PHONE = "phone"
        SIMULATED = "simulated"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "id": PLAIN,
        "uuid": PLAIN,
        "kind": PLAIN,
    }

    id = models.BigAutoField(primary_key=True)
    uuid = UUIDField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="authority"),
                name="core_device_one_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
