from collections.abc import Mapping
from datetime import UTC, date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.codes import LENGTH
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Credential(Model):
    """What she earned by completing a track: once for each template, and it says what it said when it was issued.

    `code` opens its public page and cannot be guessed. `name` is as it was on the day of issue; blank once her data
    were erased. `issued_on` is the day of `issued_at` where the edition runs. A revocation ends it, and so does
    `valid_until`; while it is *suspended* nobody should rely on it.

    One that says something wrong (her name, the words of its template) is *superseded* by another, which names it in
    `supersedes` and bears the same day; of one template and enrolment only one is not superseded.
    """

    class State(models.TextChoices):
        """From what is worst to what is best; the first that is true is its state."""

        REVOKED = "revoked"
        SUPERSEDED = "superseded"
        SUSPENDED = "suspended"
        EXPIRED = "expired"
        VALID = "valid"

    class ReissueReason(models.TextChoices):
        NAME = "name"
        TEMPLATE = "template"

    class RevocationReason(models.TextChoices):
        MISTAKE = "mistake"
        IDENTITY = "identity"
        DISHONESTY = "dishonesty"

    class SuspensionReason(models.TextChoices):
        DOUBT = "doubt"
        IDENTITY = "identity"
        MISTAKE = "mistake"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("enrolment", "person", "template", "wording", "issued_at", "issued_on"), PLAIN),
        **dict.fromkeys(("code", "name"), PERSONAL),
        **dict.fromkeys(("revoked_at", "revoked_by", "revoked_reason"), PLAIN),
        **dict.fromkeys(("valid_until", "suspended_at", "suspended_by", "suspended_reason"), PLAIN),
        **dict.fromkeys(("supersedes", "superseded_at", "superseded_reason"), PLAIN),
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
    suspended_reason = models.CharField(max_length=12, choices=SuspensionReason, blank=True, default="")

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_reason = models.CharField(max_length=8, choices=ReissueReason, blank=True, default="")

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "template"],
                condition=Q(superseded_at__isnull=True),
                name="credentials_credential_once_at_a_time",
            ),
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
                condition=Q(suspended_at__isnull=True, suspended_by__isnull=True, suspended_reason="")
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
                name="credentials_credential_suspended_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_reason="")
                | Q(superseded_at__isnull=False, superseded_reason__in=["name", "template"]),
                name="credentials_credential_superseded_why",
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
        """Whether it was neither taken back nor superseded: it may be suspended or have expired (`state`)."""
        return self.revoked_at is None and self.superseded_at is None

    @property
    def state(self) -> State:
        """What whoever relies on it should know now."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.superseded_at is not None:
            return self.State.SUPERSEDED
        if self.suspended_at is not None:
            return self.State.SUSPENDED
        return self.State.EXPIRED if self.valid_until and self.valid_until < clock.now() else self.State.VALID

    @classmethod
    def being(cls, state: str) -> Q:
        """The condition that `state` says this now."""
        each = {
            cls.State.REVOKED: Q(revoked_at__isnull=False),
            cls.State.SUPERSEDED: Q(superseded_at__isnull=False),
            cls.State.SUSPENDED: Q(suspended_at__isnull=False),
            cls.State.EXPIRED: Q(valid_until__isnull=False, valid_until__lt=clock.now()),
        }
        better = Q()
        for one, so in each.items():
            if one == state:
                return better & so
            better &= ~so
        return better

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, where the edition runs: `valid_until` ends it there, so noon of that day is
        the same day in UTC (zones beyond twelve hours apart)."""
        return (self.valid_until.astimezone(UTC) - timedelta(hours=12)).date() if self.valid_until else None

    @property
    def demonstration(self) -> bool:
        """Whether nobody earned it: a demonstration edition, or a person whom the simulator made."""
        return self.enrolment.edition.demonstration or self.person.synthetic
