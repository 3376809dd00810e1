from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.programmes.api import Programme
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class LevelCheck(Model):
    """`[level_check]` of a programme: the track of each level, and the items of its bank (content/bank.py).

    `source` is the bank's files as their author wrote them. What a woman answers is kept nowhere.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "bank", "tracks", "language", "items", "source"), PLAIN
    )

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=80, help_text="the name of its folder")
    tracks = models.JSONField(help_text="the code of a track by level")
    language = models.CharField(max_length=20, blank=True)
    items = models.JSONField(default=list, help_text="none: it was loaded without its folder, and is not offered")
    source = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.bank
