from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.api import Organisation
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class StatusList(Model):
    """A list in which each credential of an issuer has one place, drawn by chance: who reads it learns of nobody.

    What it says is never kept: it follows from the credentials (`publishing.py`).
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("organisation", "number"), PLAIN)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("organisation", "number")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="credentials_status_list_number_once"),
        )


class PublishedStatus(Model):
    """A status list as it was last signed. `digest` names what it says, so that it is signed anew when that changes."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("list", "purpose", "document", "digest", "signed_at"), PLAIN
    )

    list = models.ForeignKey(StatusList, on_delete=models.CASCADE, related_name="published")
    purpose = models.CharField(max_length=10)
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["list", "purpose"], name="credentials_published_status_once"),)
