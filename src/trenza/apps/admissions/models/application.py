from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from trenza.apps.admissions.models.call import Call
from trenza.apps.forms.api import Response
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Application(Model):
    """A person asks for a place in a call: once per call. What she answered is in `response` (none for open calls)."""

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        WAITING_GUARDIAN = "waiting_guardian"
        NEEDS_HELP = "needs_help"
        NOT_ELIGIBLE = "not_eligible"
        WAITING_LIST = "waiting_list"
        AWARDED = "awarded"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        TAKEN_BACK = "taken_back"
        RELEASED = "released"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "call": PLAIN,
        "person": PLAIN,
        "region": PLAIN,
        "response": PLAIN,
        "submitted_at": PLAIN,
        "relative_of": PERSONAL,
        "rejoined_at": PLAIN,
        # Why somebody is refused or helped follows from her answers.
        "state": SENSITIVE,
    }

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    response = models.OneToOneField(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField()
    # Where she let an offer expire and came back, she stands in the line since then, behind everybody before.
    rejoined_at = models.DateTimeField(null=True, blank=True)
    # The application of the relative whose household she gave the code of.
    relative_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="relatives")
    state = models.CharField(max_length=16, choices=State)

    class Meta:
        ordering = ("submitted_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["call", "person"], name="admissions_application_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "submitted", "waiting_guardian", "needs_help", "not_eligible", "waiting_list", "awarded",
                        "accepted", "declined", "withdrawn", "expired", "taken_back", "released",
                    ]
                ),
                name="admissions_application_state_known",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                "call", "state", Coalesce("rejoined_at", "submitted_at"), "id", name="admissions_application_queue"
            ),
            # The list in order of arrival, and who of all people has applied in a scope (read from the index alone).
            models.Index(fields=["submitted_at", "id"], name="admissions_application_arrival"),
            models.Index(fields=["person", "call", "region"], name="admissions_application_scope"),
        )

    def __str__(self) -> str:
        return f"application {self.pk}"
