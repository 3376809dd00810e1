from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Brought(Model):
    """Somebody took a woman down for a call, in person. Its key is the page's, the letter's or the sheet's own, so that
    none of them brings her in twice. `paper_on` is the day on a sheet that was typed in later."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("call", "person", "region", "by", "paper_on", "brought_at"), PLAIN
    )

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    paper_on = models.DateField(null=True, blank=True)
    brought_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["by", "brought_at"], name="admissions_brought_by"),)

    def __str__(self) -> str:
        return f"brought {self.pk}"
