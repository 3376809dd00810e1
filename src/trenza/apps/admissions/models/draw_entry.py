from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.draw import Draw
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class DrawEntry(Model):
    """An application on the frozen list of a draw, under a public number that says nothing of her.

    What is here besides `application` is published. Where somebody's data were erased the line stays without a link
    to her, so that the list can still be verified.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("draw", "application", "number", "region", "rank", "result"), PLAIN),
        # Under a number that only she and her team can link to her.
        "groups": SENSITIVE,
    }

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="entries")
    application = models.OneToOneField(
        Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="draw_entry"
    )
    number = models.CharField(max_length=32)
    region = models.CharField(max_length=64, blank=True)
    # Codes of the rule's groups that she belongs to, in the order of the rule.
    groups = models.JSONField(default=list)
    # From 1; null until the draw.
    rank = models.PositiveIntegerField(null=True, blank=True)
    # "reserved", "at-large" or "waiting"; empty until the draw.
    result = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("draw", "number")
        constraints = (
            models.UniqueConstraint(fields=["draw", "number"], name="admissions_draw_number_once"),
            models.UniqueConstraint(fields=["draw", "rank"], name="admissions_draw_rank_once"),
            models.CheckConstraint(
                condition=(Q(rank__isnull=True) & Q(result=""))
                | (Q(rank__isnull=False) & Q(result__in=["reserved", "at-large", "waiting"])),
                name="admissions_draw_rank_with_result",
            ),
        )

    def __str__(self) -> str:
        return self.number
