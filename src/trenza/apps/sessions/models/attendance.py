from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trenza.apps.sessions.models.session import Session
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class MarkKind(models.TextChoices):
    """Whether she came. The order is that of the numbers in which phones send them."""

    PRESENT = "present", pgettext_lazy("attendance", "Present")
    LATE = "late", pgettext_lazy("attendance", "Late")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")


class Reason(models.TextChoices):
    """Why she was excused, as far as she said. Phones send its number, from 1; 0 is not said."""

    CARE = "care", _("She had to look after somebody")
    DISTANCE = "distance", _("It was too far, or there was no transport")
    MONEY = "money", _("She had no money to come")
    CONNECTIVITY = "connectivity", _("She had no signal, data or device")
    SAFETY = "safety", _("It was not safe for her to come")
    HEALTH = "health", _("She was ill")
    WORK = "work", _("She had to work")


class Mark(models.Model):
    """What somebody marked of a person in a session (see projections.py). It is named by its entry.

    `person` may be a walk-in who is nobody yet. A mark is *superseded* once a later one of the same `marker`, about the
    same person and session, corrects it; the others are heads, and those that differ are a conflict.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("device", "sequence", "session", "person", "marker"), PLAIN),
        **dict.fromkeys(("mark", "moment"), PERSONAL),
        **dict.fromkeys(("corrects_device", "corrects_sequence", "superseded"), PLAIN),
    }

    pk = models.CompositePrimaryKey("device", "sequence")
    device = UUIDField()
    sequence = models.BigIntegerField()
    session = UUIDField()
    person = UUIDField()
    mark = models.CharField(max_length=8, choices=MarkKind)
    marker = UUIDField(null=True)
    moment = models.DateTimeField()
    corrects_device = UUIDField(null=True)
    corrects_sequence = models.BigIntegerField(null=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["session", "person"], name="mark_session_person"),
            models.Index(fields=["person", "session"], name="mark_person_session"),
            models.Index(
                fields=["corrects_device", "corrects_sequence"],
                condition=Q(corrects_device__isnull=False),
                name="mark_corrects",
            ),
        ]


class Settlement(Model):
    """Somebody said which mark holds where marks disagreed. `heads` are those that she saw, [[device, sequence], …]:
    a head that is not among them opens the conflict again."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "session": PLAIN, "person": PLAIN, "mark": PERSONAL, "heads": PLAIN, "by": PLAIN, "at": PLAIN
    }  # fmt: skip

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="settlements")
    person = UUIDField()
    mark = models.CharField(max_length=8, choices=MarkKind)
    heads = models.JSONField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__in=["present", "late", "absent", "excused"]), name="settlement_mark_known"
            ),
        ]
        indexes = [models.Index(fields=["session", "person"], name="settlement_session_person")]


class ExcusedReason(Model):
    """Why she was excused, beside the mark of this device and sequence. It is hers: shown to who keeps the session,
    suppressed in reports, and erased with her."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "device": PLAIN, "sequence": PLAIN, "person": PLAIN, "reason": SENSITIVE
    }  # fmt: skip

    device = UUIDField()
    sequence = models.BigIntegerField()
    person = UUIDField(db_index=True)
    reason = models.CharField(max_length=12, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "sequence"], name="excusedreason_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["care", "distance", "money", "connectivity", "safety", "health", "work"]),
                name="excusedreason_known",
            ),
        ]
