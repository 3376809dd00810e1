from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.codes import LENGTH
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Credential(Model):
    """What she earned by completing a track: once for each template, and it says what it said when it was issued.

    `code` opens its public page and cannot be guessed. `name` is as it was on the day of issue; blank once her data
    were erased. `issued_on` is the day of `issued_at` where the edition runs. A revocation ends it, and so does
    `valid_until`; while it is *suspended* nobody should rely on it.
    """

    class RevocationReason(models.TextChoices):
        MISTAKE = "mistake"
        IDENTITY = "identity"
        DISHONESTY = "dishonesty"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("enrolment", "person", "template", "wording", "issued_at", "issued_on"), PLAIN),
        **dict.fromkeys(("code", "name"), PERSONAL),
        **dict.fromkeys(("revoked_at", "revoked_by", "revoked_reason"), PLAIN),
        **dict.fromkeys(("valid_until", "suspended_at", "suspended_by"), PLAIN),
    }

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="credentials")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credentials")
    template = models.ForeignKey(CredentialTemplate, on_delete=models.PROTECT, related_name="credentials")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=LENGTH, unique=True)
    name = models.CharField(max_length=250, blank=True)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why, for the team; the public page says only that it no longer holds.
    revoked_reason = models.CharField(max_length=12, choices=RevocationReason, blank=True, default="")

    valid_until = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "template"], name="credentials_credential_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | Q(
                    revoked_at__isnull=False,
                    revoked_by__isnull=False,
                    revoked_reason__in=["mistake", "identity", "dishonesty"],
                ),
                name="credentials_credential_revoked_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_by__isnull=True)
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
                name="credentials_credential_suspended_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="credentials_of_person"),
            models.Index(fields=["issued_at", "id"], name="credentials_credential_order"),
        ]

    def __str__(self) -> str:
        return f"credential {self.pk}"

    @property
    def is_valid(self) -> bool:
        """Whether it holds today."""
        return self.revoked_at is None

    @property
    def demonstration(self) -> bool:
        """Whether nobody earned it: a demonstration edition, or a person whom the simulator made."""
        return self.enrolment.edition.demonstration or self.person.synthetic
