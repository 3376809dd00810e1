from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.api import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Logo(Model):
    """The mark of an organisation as it is printed (PNG): immutable, so that what is printed again looks as it did.

    Its id is named by its content. `name` is that of the file in the programme's folder, `read_at` when it was last
    found there: a definition that comes without its folder means the latest.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("programme", "name", "data", "read_at"), PLAIN)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    data = models.BinaryField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("programme", "name", "read_at")

    def __str__(self) -> str:
        return self.name
