from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.admissions.draw.rule import DrawRule
from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Draw(Model):
    """The draw of a call: announced when the call is published; then its list is frozen, its seed typed in, its places
    drawn. One step follows the other.

    `rule` is the line that is hashed (draw/rule.py) and `terms` are the call's, both as announced.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("call", "rule", "terms", "announced_at"), PLAIN),
        **dict.fromkeys(("frozen_at", "frozen_by", "list_hash", "applications"), PLAIN),
        **dict.fromkeys(("seed", "seed_source", "seeded_at", "seeded_by", "drawn_at", "drawn_by", "filled"), PLAIN),
    }

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="draw")
    rule = models.TextField()
    terms = models.JSONField()
    announced_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    list_hash = models.CharField(max_length=64, blank=True)
    applications = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=200, blank=True)
    seed_source = models.CharField(max_length=200, blank=True)
    seeded_at = models.DateTimeField(null=True, blank=True)
    seeded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # How many seats of each group are filled, in the order of the rule.
    filled = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=False) | Q(seeded_at__isnull=True), name="admissions_draw_frozen_first"
            ),
            models.CheckConstraint(
                condition=Q(seeded_at__isnull=False) | Q(drawn_at__isnull=True), name="admissions_draw_seeded_first"
            ),
            models.CheckConstraint(
                condition=Q(frozen_by__isnull=True) | Q(frozen_at__isnull=False), name="admissions_draw_frozen_by_at"
            ),
            models.CheckConstraint(
                condition=Q(seeded_by__isnull=True) | Q(seeded_at__isnull=False), name="admissions_draw_seeded_by_at"
            ),
            models.CheckConstraint(
                condition=Q(drawn_by__isnull=True) | Q(drawn_at__isnull=False), name="admissions_draw_drawn_by_at"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | ~Q(list_hash=""), name="admissions_draw_frozen_has_hash"
            ),
            models.CheckConstraint(
                condition=Q(seeded_at__isnull=True) | ~Q(seed=""), name="admissions_draw_seeded_has_seed"
            ),
        )

    def __str__(self) -> str:
        return f"draw {self.pk}"

    @property
    def source(self) -> str:
        """Where the seed will come from, as announced."""
        return str(self.terms["source"])

    @property
    def drawn_by_rule(self) -> DrawRule:
        """Its rule, read."""
        return DrawRule.from_text(self.rule)
