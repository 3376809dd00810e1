from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trenza.apps.sessions.models.workshop import Workshop
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Session(Model):
    """A dated meeting: a class of a timetable, or a workshop, of an edition and maybe one track of it.

    A phone may have given it its id. `centre` names a row of places. Where it is held is `place`, in words, for who
    must find it. `capacity` null is as many as come. It is over after `minutes`; cancelled, it never took place.
    """

    class Kind(models.TextChoices):
        CLASS = "class", _("Class")
        WORKSHOP = "workshop", _("Workshop")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("edition", "track", "kind", "workshop", "title", "centre", "place", "partner", "time_zone"),
            *("starts_at", "minutes", "capacity", "opened_at", "opened_by", "cancelled_at", "cancelled_by"),
        ),
        PLAIN,
    )

    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="sessions")
    track = models.ForeignKey(
        "programmes.Track", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    title = models.CharField(max_length=200, blank=True)
    centre = UUIDField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    partner = models.ForeignKey(
        "programmes.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    time_zone = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["class", "workshop"]), name="session_kind_known"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_takes_time"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="session_has_room"),
            models.CheckConstraint(
                condition=Q(workshop__isnull=True) | Q(kind="workshop"), name="session_workshop_of_a_workshop"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by__isnull=True) | Q(cancelled_at__isnull=False), name="session_cancelled_by_at"
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "starts_at"], name="session_edition_starts"),
            models.Index(fields=["centre", "starts_at"], name="session_centre_starts"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class SessionTrainer(Model):
    """Somebody gives a session; a substitute does so in another's stead. Removed, she gives it no more."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("session", "person", "substitute", "added_at", "added_by", "removed_at", "removed_by"), PLAIN
    )

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sessions_given")
    substitute = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(removed_at__isnull=True), name="sessiontrainer_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False), name="sessiontrainer_removed_by_at"
            ),
        ]


class SessionCode(Model):
    """Six digits on the wall, with which those who are there say so themselves while the session lasts."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "session": PLAIN, "code": SENSITIVE, "made_at": PLAIN, "made_by": PLAIN
    }  # fmt: skip

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="code")
    code = models.CharField(max_length=6)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
