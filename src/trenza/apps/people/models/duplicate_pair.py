from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class DuplicatePair(Model):
    """Two persons who may be one. Only a person decides: nothing follows from a *possible* pair, whatever its score.

    `first` is the one with the lower id, so that a pair stands once. One that was decided *different* never comes up
    again; *same* stands while the two are merged.
    """

    class State(models.TextChoices):
        POSSIBLE = "possible", _("Possible")
        DIFFERENT = "different", _("Different")
        SAME = "same", _("Same")

    class Found(models.TextChoices):
        NIGHTLY = "nightly", _("By the search at night")
        ENTRY = "entry", _("When she was entered")
        BY_HAND = "by_hand", _("By somebody of the team")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("first", "second", "state", "found", "found_at", "decided_at", "decided_by"), PLAIN),
        # How alike their names, days of birth and numbers are.
        "score": PERSONAL,
    }

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.POSSIBLE)
    found = models.CharField(max_length=7, choices=Found.choices)
    # From 0 to 1: how sure the search is. None where nothing was reckoned.
    score = models.FloatField(null=True, blank=True)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="people_duplicatepair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_duplicatepair_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["possible", "different", "same"]), name="people_duplicatepair_state_known"
            ),
            models.CheckConstraint(
                condition=Q(found__in=["nightly", "entry", "by_hand"]), name="people_duplicatepair_found_known"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="people_duplicatepair_score"
            ),
            models.CheckConstraint(
                condition=Q(state="possible", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="possible") & Q(decided_at__isnull=False)),
                name="people_duplicatepair_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-score", "id"], name="people_duplicatepair_queue"),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"
