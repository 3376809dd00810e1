from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.api import Organisation
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class IssuerKey(Model):
    """The public half of an Ed25519 key with which an organisation signs; the private half is in no database.

    *Retired*: nothing new is signed with it, and what was signed stays true. *Distrusted*: it came into other hands, so
    nothing that it signed is believed any more.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("organisation", "name", "public", "created_at", "retired_at", "distrusted_at"), PLAIN
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=16)
    # As a Multikey: z6Mk…
    public = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    distrusted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="credentials_key_name_once"),
            models.CheckConstraint(
                condition=Q(distrusted_at__isnull=True) | Q(retired_at__isnull=False),
                name="credentials_key_distrusted_is_retired",
            ),
        )

    def __str__(self) -> str:
        return self.name
