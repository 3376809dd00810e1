from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Programme(Model):
    """A programme as its definition describes it; its id is `named_id(code, "programme")`, the same everywhere.

    `place` is the name of the place where several programmes are found together, empty where there is none.
    `languages` are BCP 47 tags, the first is the one to write in. Younger people than `adult_from` (years) need a
    guardian; of those younger than `account_from` nothing is kept before one agrees. `participants` says for whom it
    is: an open vocabulary, see docs/programme-format.md.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("code", "name", "summary", "languages", "adult_from", "account_from", "participants", "place"), PLAIN
    )

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    summary = models.TextField()
    languages = models.JSONField(default=list)
    adult_from = models.PositiveSmallIntegerField(default=18)
    account_from = models.PositiveSmallIntegerField(default=14)
    participants = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
