from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, one_of, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.core.privacy import PLAIN, Privacy


class ContextFigure(DefinedModel):
    """A published figure about the world around the programme, to report against. Never a count of ours.

    `unit` is percent or number; `country` is ISO 3166-1 alpha-2.
    """

    class Unit(models.TextChoices):
        PERCENT = "percent"
        NUMBER = "number"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("programme", "value", "unit", "country", "year", "source"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="context_figures")
    value = models.FloatField()
    unit = models.CharField(max_length=7, choices=Unit)
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    objects = DefinedQuerySet["ContextFigure"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            unique_code("programme", table="contextfigure"),
            one_of("unit", ["percent", "number"], name="contextfigure_unit_known"),
        ]
