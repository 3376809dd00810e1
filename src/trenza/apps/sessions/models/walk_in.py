from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from trenza.apps.sessions.models.session import Session
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class WalkIn(Model):
    """Somebody came whom nobody had written down. Her id is that of the person whom she will be; marks may name it
    before she is one.

    *Waiting* until the authority has seen to her; then *registered* and enrolled, or *refused* with a reason that
    somebody looks at. Registered, she may still have a reason: what of it could not be done. Her name here is blank
    once she is erased. `card` is the number of the printed card that she was handed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("walk-in", "Waiting")
        REGISTERED = "registered", pgettext_lazy("walk-in", "Registered")
        REFUSED = "refused", pgettext_lazy("walk-in", "Not registered")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("session", "region", "captured_by", "captured_at", "state", "reason", "enrolment"), PLAIN),
        **dict.fromkeys(("given_name", "family_name", "age_band"), PERSONAL),
        **dict.fromkeys(("card", "settled_at"), PLAIN),
    }

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="walk_ins")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=60, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    card = models.CharField(max_length=8, blank=True, default="")
    captured_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    captured_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True, default="")
    enrolment = models.ForeignKey(
        "programmes.Enrolment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["captured_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True, enrolment__isnull=True, reason="")
                | Q(state="registered", settled_at__isnull=False, enrolment__isnull=False)
                | (Q(state="refused", settled_at__isnull=False, enrolment__isnull=True) & ~Q(reason="")),
                name="walkin_state_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"walk-in {self.pk}"  # no name: this text ends in logs
