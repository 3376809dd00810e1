from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.sessions.models.session import Session
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class SignUp(Model):
    """She means to come to a session, and has a place there until she withdraws it."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("session", "person", "at", "by", "withdrawn_at", "withdrawn_by"), PLAIN
    )

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="session_sign_ups")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(withdrawn_at__isnull=True), name="signup_once_while_open"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False), name="signup_withdrawn_by_at"
            ),
        ]
