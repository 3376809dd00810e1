from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.models.credential import Credential
from trenza.apps.credentials.models.issuer_key import IssuerKey
from trenza.apps.credentials.models.status_list import StatusList
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class SignedCredential(Model):
    """A credential as its issuer signed it (Open Badges 3.0, JSON, packed; and the compact form); empty once her data
    were erased.

    Its place in the status list is its own for good. `stale_since`: what it says has changed then (an endorsement came,
    a name was corrected, its key is trusted no more), and it is signed anew before long.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("credential", "key", "status_list", "status_index", "signed_at", "stale_since"), PLAIN),
        **dict.fromkeys(("document", "compact"), PERSONAL),
    }

    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="signed")
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="+")
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="entries")
    status_index = models.PositiveIntegerField()
    document = models.BinaryField()
    # The compact form, for the QR code on paper.
    compact = models.BinaryField(default=b"")
    signed_at = models.DateTimeField()
    stale_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("signed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credentials_status_index_once"),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(stale_since__isnull=False), name="credentials_signed_stale"),
            models.Index(fields=["key"], name="credentials_signed_with"),
        )
