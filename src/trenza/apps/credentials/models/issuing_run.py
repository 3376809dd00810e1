from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class IssuingRun(Model):
    """Issuing to many, by a worker, portion by portion: what is missing, or anew what bears words of before.

    What is left to do follows from the credentials, never from a list: so it may be stopped, killed and gone on with.
    `turn` tells the portions of now from those of before it was stopped; `moved_at` is when the last one ended.
    """

    class Kind(models.TextChoices):
        MISSING = "missing"
        WORDS = "words"

    class State(models.TextChoices):
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("programme", "edition", "template", "kind", "state", "turn", "total", "done", "failed"),
            *("started_at", "started_by", "moved_at", "ended_at", "ended_by"),
        ),
        PLAIN,
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(CredentialTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    turn = models.PositiveIntegerField(default=1)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Who stopped it.
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="running"), name="credentials_issuing_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | Q(state__in=["stopped", "done"], ended_at__isnull=False),
                name="credentials_issuing_run_ended_when",
            ),
        )

    @property
    def seen(self) -> int:
        """Of how many it is known what came of them."""
        return self.done + self.failed


class IssuingFailure(Model):
    """To whom a run could not issue, and why; a next run tries again."""

    class Reason(models.TextChoices):
        LETTERS = "letters"

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("run", "enrolment", "template", "reason"), PLAIN)

    run = models.ForeignKey(IssuingRun, on_delete=models.CASCADE, related_name="failures")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(CredentialTemplate, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)

    class Meta:
        ordering = ("run", "id")
        constraints = (
            models.UniqueConstraint(fields=["run", "enrolment", "template"], name="credentials_issuing_failure_once"),
        )
