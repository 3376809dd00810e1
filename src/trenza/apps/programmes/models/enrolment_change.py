from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trenza.apps.programmes.models.base import one_of
from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class WithdrawalReason(models.TextChoices):
    """Why somebody stopped, as far as she wants to say."""

    TIME = "time", _("I have no time")
    CARE = "care", _("I take care of somebody")
    WORK = "work", _("My work does not let me")
    HEALTH = "health", _("For my health")
    DEVICE = "device", _("I have no phone or computer")
    DATA_COST = "data_cost", _("The internet costs too much")
    CONTENT = "content", _("It was not what I expected")
    MOVED = "moved", _("I moved")
    OTHER = "other", _("For another reason")
    NOT_SAID = "not_said", _("I would rather not say")


class EnrolmentChange(Model):
    """One change of an enrolment's state: who made it, and when.

    `by` null is the system itself. `until` belongs to a pause, `reason` to a withdrawal; the reason may touch her
    health or her family, so it stays out of the journal.
    """

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("enrolment", "Active")
        PAUSED = "paused", pgettext_lazy("enrolment", "Paused")
        WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
        RETURNED = "returned", pgettext_lazy("enrolment", "Returned")
        COMPLETED = "completed", pgettext_lazy("enrolment", "Completed")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("enrolment", "state", "at", "by"), PLAIN),
        "until": PLAIN,
        "reason": SENSITIVE,
    }

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=WithdrawalReason, blank=True, default="")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of(
                "state",
                ["active", "paused", "withdrawn", "returned", "completed"],
                name="enrolmentchange_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", until__isnull=False) | (~Q(state="paused") & Q(until__isnull=True)),
                name="enrolmentchange_until_if_paused",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(reason=""), name="enrolmentchange_reason_if_withdrawn"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=["active"]),
                name="enrolmentchange_begins_once",
            ),
        ]
