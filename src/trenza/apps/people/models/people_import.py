from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class PeopleImport(Model):
    """A list of people that one of the team uploaded: looked at first, and brought in once she confirms it.

    `call` and `region` say where they are to apply or sign up; they stand above this app, so they are ids.
    `confirmed_at` is also when she said that each of them had agreed on paper. Its rows are deleted when they are
    done, and whatever is left a week after the upload; the counts stay.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("by", "call", "region", "uploaded_at", "confirmed_at", "finished_at"), PLAIN),
        **dict.fromkeys(("brought_in", "known", "refused"), PLAIN),
        "file_name": PERSONAL,
        "notes": PERSONAL,
    }

    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120, blank=True)
    # What was said of how the file was read, in the words of whoever uploaded it.
    notes = models.JSONField(default=list)
    call = UUIDField(null=True, blank=True)
    region = UUIDField(null=True, blank=True)
    uploaded_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    brought_in = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="people_import_finished_after_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportRow(Model):
    """A row of such a list. `details` is what will be registered; `problems` say in words why it cannot be."""

    class State(models.TextChoices):
        READY = "ready"
        PROBLEM = "problem"
        DONE = "done"
        KNOWN = "known"
        REFUSED = "refused"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("people_import", "number", "state", "registered", "reason"), PLAIN),
        **dict.fromkeys(("details", "problems"), PERSONAL),
    }

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    # Of the row in the file.
    number = models.PositiveIntegerField()
    details = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State)
    # Whether somebody whom the uploader may read had this address when the file was looked at.
    registered = models.BooleanField(default=False)
    # Why it was refused: the name of the error.
    reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "number"], name="people_import_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=["ready", "problem", "done", "known", "refused"]),
                name="people_import_row_state_known",
            ),
        ]
        indexes = [models.Index(fields=["people_import", "state", "number"], name="people_import_row_next")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.people_import_id}"
