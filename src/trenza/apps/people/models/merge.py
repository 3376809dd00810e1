from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class Merge(Model):
    """Somebody decided that `absorbed` is `kept`: another name of her from then on, until it is undone.

    No row is removed. `changes` are the rows that were made the kept one's (core/merging.py): undoing puts exactly
    these back, and what she did since stays with the kept one.
    """

    class Reason(models.TextChoices):
        TWICE = "twice", _("She was entered twice")
        SAID = "said", _("She said so herself")
        DOCUMENT = "document", _("Her identity document was seen")
        KNOWN = "known", _("Somebody of the team knows her")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("kept", "absorbed", "reason", "at", "by", "undone_at", "undone_by"), PLAIN),
        "changes": SENSITIVE,
    }

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_into")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    changes = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="people_merge_stands_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="people_merge_of_two"),
            models.CheckConstraint(
                condition=Q(reason__in=["twice", "said", "document", "known"]), name="people_merge_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False), name="people_merge_undone_by_at"
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="people_merge_order")]

    def __str__(self) -> str:
        return f"merge {self.pk}"
