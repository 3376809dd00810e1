from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.module import Module
from trenza.core.privacy import PLAIN, Privacy


class ExternalCourse(DefinedModel):
    """A course of somebody else (`provider`) that meets a module as well.

    `pass_score` is the final score, of 100, from which a row of its gradebook counts; null: only a completion does.
    `achievement` is how its digital badges name what was achieved; blank: the name of the course decides.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("module", "provider", "url", "pass_score", "achievement"), PLAIN),
    }

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="external")
    provider = models.CharField(max_length=200)
    url = models.CharField(max_length=400, blank=True, default="")
    pass_score = models.PositiveSmallIntegerField(null=True, blank=True)
    achievement = models.CharField(max_length=200, blank=True, default="")

    objects = DefinedQuerySet["ExternalCourse"].as_manager()

    class Meta:
        ordering = ["module", "position"]
        constraints = [
            unique_code("module", table="externalcourse"),
            models.CheckConstraint(
                condition=Q(pass_score__isnull=True) | Q(pass_score__range=(1, 100)), name="externalcourse_score_of_100"
            ),
        ]

    @property
    def title(self) -> str:
        """The course and who gives it."""
        return f"{self.name} · {self.provider}"
