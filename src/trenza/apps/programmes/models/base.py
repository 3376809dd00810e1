"""What all rows that come from a definition have in common."""

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy

M = TypeVar("M", bound="DefinedModel")


class DefinedQuerySet(models.QuerySet[M]):
    def current(self) -> "DefinedQuerySet[M]":
        """Those that the latest definition still names."""
        return self.filter(retired_at=None)


class DefinedModel(Model):
    """A row of a definition, named by its code within its programme.

    A row that a later definition no longer names is *retired*, never deleted: people may be attached to it. Lists
    for choosing use `.current()`; what a person already has is found without it.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("code", "name", "position", "retired_at"), PLAIN)

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def unique_code(*within: str, table: str) -> UniqueConstraint:
    """The constraint that a code is given once within these fields."""
    return UniqueConstraint(fields=[*within, "code"], name=f"{table}_code_once")


def one_of(field: str, values: list[str], *, name: str) -> models.CheckConstraint:
    """The constraint that `field` holds one of `values`."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
