from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.programmes.models.base import DefinedModel, DefinedQuerySet, unique_code
from trenza.apps.programmes.models.track import Track
from trenza.core.privacy import PLAIN, Privacy


class Module(DefinedModel):
    """A part of a track, and what meets it: a *course* that she finishes, or something that a role *confirms*.

    `opens_after` names the modules that must be met before this one opens; where it is empty the track's `unlock`
    decides. `course` is the code of a folder under programmes/<programme>/courses/.
    """

    class Kind(models.TextChoices):
        COURSE = "course"
        CONFIRMED = "confirmed"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **DefinedModel.privacy,
        **dict.fromkeys(("track", "summary", "requirement_kind", "course", "confirmed_by", "opens_after"), PLAIN),
    }

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="modules")
    summary = models.TextField(blank=True, default="")
    requirement_kind = models.CharField(max_length=10, choices=Kind)
    course = models.CharField(max_length=60, blank=True, default="")
    confirmed_by = models.CharField(max_length=20, blank=True, default="")
    opens_after = models.ManyToManyField("self", symmetrical=False, related_name="opens", blank=True)

    objects = DefinedQuerySet["Module"].as_manager()

    class Meta:
        ordering = ["track", "position"]
        constraints = [
            unique_code("track", table="module"),
            models.CheckConstraint(
                condition=(Q(requirement_kind="course", confirmed_by="") & ~Q(course=""))
                | (Q(requirement_kind="confirmed", course="") & ~Q(confirmed_by="")),
                name="module_requirement_whole",
            ),
        ]
        indexes = [models.Index(fields=["course"], name="module_course")]
