from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, ExternalCourse, Programme
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class ExternalCredential(Model):
    """A certificate of somebody else's course, which she or the team hands in for a module of hers.

    It waits until its signature is enough (*verified*: nobody decides), or a person says why it counts or does not.
    The file lies in PRIVATE_ROOT under its id (external_files.py) and goes some time after the decision; `finding` is
    what judging.py read in it. `digest` is of the file, blank once her data were erased.
    """

    class Kind(models.TextChoices):
        PDF = "pdf"
        PNG = "png"
        JPEG = "jpeg"
        JSON = "json"

    class State(models.TextChoices):
        WAITING = "waiting"
        VERIFIED = "verified"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("enrolment", "person", "course", "added_by", "added_at", "kind", "size", "has_file"), PLAIN),
        **dict.fromkeys(("state", "decided_at", "decided_by"), PLAIN),
        **dict.fromkeys(("digest", "finding", "reason"), PERSONAL),
    }

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="external_credentials")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="external_credentials")
    course = models.ForeignKey(ExternalCourse, on_delete=models.PROTECT, related_name="credentials")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    kind = models.CharField(max_length=4, choices=Kind)
    size = models.PositiveIntegerField()
    has_file = models.BooleanField(default=True)
    digest = models.CharField(max_length=64, blank=True)
    finding = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Of whoever decided; she reads it.
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-added_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment", "course", "digest"], condition=~Q(digest=""), name="credentials_external_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state="verified", decided_at__isnull=False, decided_by__isnull=True)
                | Q(state__in=["confirmed", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="credentials_external_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["pdf", "png", "jpeg", "json"]), name="credentials_external_kind_known"
            ),
        )
        indexes = (
            models.Index(fields=["person"], name="credentials_external_of_person"),
            models.Index(fields=["digest"], name="credentials_external_file"),
            models.Index(fields=["added_at", "id"], name="credentials_external_order"),
            models.Index(fields=["decided_at"], condition=Q(has_file=True), name="credentials_external_kept"),
        )

    def __str__(self) -> str:
        return f"external credential {self.pk}"


class TrustedIssuer(Model):
    """An issuer outside, whose signatures a programme believes: a DID and its public keys, `{method: Multikey}`.

    They come out of its DID document, which somebody had before her eyes; nothing is fetched. Another document ends
    the row before it.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "did", "name", "keys", "added_by", "added_at", "ended_at", "ended_by"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="trusted_issuers")
    did = models.CharField(max_length=300)
    name = models.CharField(max_length=120)
    keys = models.JSONField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "did"], condition=Q(ended_at__isnull=True), name="credentials_issuer_trusted_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="credentials_issuer_ended_by_whom",
            ),
        )

    def __str__(self) -> str:
        return self.name
