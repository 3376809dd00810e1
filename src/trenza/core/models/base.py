"""What every row of ours has."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.fields import IdField
from trenza.core.privacy import Privacy


class Model(models.Model):
    """A row named by a UUIDv7. Subclasses classify every concrete field but `id` in `privacy`."""

    privacy: ClassVar[Mapping[str, Privacy]] = {}

    id = IdField()

    class Meta:
        abstract = True
