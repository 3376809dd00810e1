from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.programme import Programme
from trenza.core.privacy import PLAIN, Privacy


class Region(DefinedModel):
    """A region of the programme's own. It lies in `iso` (ISO 3166-2, or an ISO 3166-1 country) but need not be it:
    El Alto is a city in BO-L."""

    privacy: ClassVar[Mapping[str, Privacy]] = {**DefinedModel.privacy, **dict.fromkeys(("programme", "iso"), PLAIN)}

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="regions")
    iso = models.CharField(max_length=6)

    objects = DefinedQuerySet["Region"].as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [unique_code("programme", table="region")]

    @property
    def country(self) -> str:
        """The ISO 3166-1 alpha-2 code of the country."""
        return self.iso[:2]
