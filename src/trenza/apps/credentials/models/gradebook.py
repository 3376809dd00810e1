from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, ExternalCourse
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Gradebook(Model):
    """A gradebook of a course elsewhere, as one of the team uploaded it: looked at first, applied once she says so.

    What is left of it after a week are the rows that wait for a person, and those that completed something.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("by", "edition", "course", "uploaded_at", "confirmed_at", "finished_at"), PLAIN),
        **dict.fromkeys(("file_name", "notes"), PERSONAL),
    }

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(ExternalCourse, on_delete=models.PROTECT, related_name="gradebooks")
    file_name = models.CharField(max_length=120, blank=True)
    # What was said of how the file was read, in the words of whoever uploaded it.
    notes = models.JSONField(default=list)
    uploaded_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="credentials_gradebook_finished_after_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"gradebook {self.pk}"


class GradebookRow(Model):
    """A row of it. `details` are the name, the address, the score and the day that it says, until it has done its part.

    `digest` (of all that it says) and `address` (of the address) are keyed: with them a row is known again, and hers
    is found when she is erased; nobody reads an address out of them.
    """

    class State(models.TextChoices):
        READY = "ready"
        MET = "met"
        NOT_PASSED = "not_passed"
        UNMATCHED = "unmatched"
        OUTSIDE = "outside"
        TWICE = "twice"
        KNOWN = "known"
        ODD = "odd"
        DONE = "done"
        DISMISSED = "dismissed"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("gradebook", "number", "state", "enrolment", "decided_at", "decided_by"), PLAIN),
        **dict.fromkeys(("details", "problem", "digest", "address", "reason"), PERSONAL),
    }

    gradebook = models.ForeignKey(Gradebook, on_delete=models.CASCADE, related_name="rows")
    # Of the row in the file.
    number = models.PositiveIntegerField()
    details = models.JSONField(default=dict)
    # What is odd about it, in the words of whoever uploaded it.
    problem = models.CharField(max_length=300, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["gradebook", "number"], name="credentials_graderow_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "ready", "met", "not_passed", "unmatched", "outside", "twice", "known", "odd", "done",
                        "dismissed",
                    ]
                ),
                name="credentials_graderow_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "done"]) | Q(enrolment__isnull=False),
                name="credentials_graderow_of_whom",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["gradebook", "state", "number"], name="credentials_graderow_next"),
            models.Index(fields=["digest"], name="credentials_graderow_again"),
            models.Index(fields=["address"], name="credentials_graderow_hers"),
        )

    def __str__(self) -> str:
        return f"row {self.number} of {self.gradebook_id}"
