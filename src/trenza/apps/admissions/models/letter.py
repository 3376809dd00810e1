from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.call import Call
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Letter(Model):
    """An application that was sealed on a phone without a signal, and what became of it when it arrived.

    Its key is the phone's own, and `secret` a digest of what only that phone can send: whoever sends the same letter
    again gets the same answer. What was written in it is in the application, or in a draft (forms), never here.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        MISSING = "missing"
        KNOWN = "known"
        CLOSED = "closed"
        REFUSED = "refused"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("secret", "call", "application", "written_at", "arrived_at"), PLAIN),
        "state": SENSITIVE,
    }

    secret = models.CharField(max_length=64)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State)
    application = models.ForeignKey(Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "missing", "known", "closed", "refused"]),
                name="admissions_letter_state_known",
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"
