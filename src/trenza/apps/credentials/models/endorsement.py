from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.credentials.models.issuer_key import IssuerKey
from trenza.apps.credentials.models.wording import Wording
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Organisation
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Endorsement(Model):
    """An organisation stands behind what a credential of an edition says, in these very words: signed by its own key,
    once. It is of what was achieved, never of whoever achieved it."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("wording", "edition", "key", "document", "signed_at", "signed_by"), PLAIN
    )

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="endorsements")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    signed_at = models.DateTimeField()
    # Null where it was signed elsewhere, with a key that is not here.
    signed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("signed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["wording", "edition", "key"], name="credentials_endorsement_once"),
        )


class EndorsementRefusal(Model):
    """An organisation does not stand behind these words in this edition, for the reason that the organiser reads; it
    may think otherwise later."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("wording", "edition", "organisation", "reason", "refused_at", "refused_by"), PLAIN
    )

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=500)
    refused_at = models.DateTimeField()
    refused_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("refused_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["wording", "edition", "organisation"], name="credentials_endorsement_refused_once"
            ),
        )
