from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.core.privacy import PLAIN, Privacy


class Cursor(models.Model):
    """How far a handler has read the journal."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"handler": PLAIN, "position": PLAIN}

    handler = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.handler} at {self.position}"


class Task(models.Model):
    """Work that an entry caused for a handler. A row is deleted in the transaction that did the work.

    A worker leases it; when the lease runs out (the worker was killed), another takes it. After too many failures
    it is *dead*: kept, shown, and it blocks nobody. `error` is the exception's class, never its text.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            "id",
            "handler",
            "position",
            "attempts",
            "run_after",
            "leased_until",
            "dead_at",
            "error",
        ),
        PLAIN,
    )

    id = models.BigAutoField(primary_key=True)
    handler = models.CharField(max_length=80)
    position = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handler", "position"], name="core_task_once")]
        indexes = [
            models.Index(
                fields=["run_after", "id"],
                name="core_task_due",
                condition=Q(dead_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} for {self.position}"
