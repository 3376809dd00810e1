from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.apps.programmes.models.follow_on import FollowOn
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class EarnedFollowOn(Model):
    """She earned it by completing a track. What is done about it (an award, an enrolment) is another app's matter."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("enrolment", "follow_on", "earned_at"), PLAIN)

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="earned_follow_ons")
    follow_on = models.ForeignKey(FollowOn, on_delete=models.PROTECT, related_name="earned")
    earned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "follow_on"], name="earnedfollowon_once"),
        ]
