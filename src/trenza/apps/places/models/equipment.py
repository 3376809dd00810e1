from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import Person
from trenza.apps.places.models.centre import Centre
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Equipment(Model):
    """A thing that a centre has and lends. `code` is what stands on its label: once in its centre, for ever, so that
    a paper about a thing that is gone still names it."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        TABLET = "tablet", _("Tablet")
        LAPTOP = "laptop", _("Laptop")
        ROUTER = "router", _("Router")
        PROJECTOR = "projector", _("Projector")
        OTHER = "other", _("Something else")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("centre", "code", "kind", "label", "added_at", "added_by", "retired_at", "retired_by"), PLAIN
    )

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="equipment")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField(max_length=120, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="places_equipment_code_once"),
            models.CheckConstraint(condition=~Q(code=""), name="places_equipment_has_a_code"),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "tablet", "laptop", "router", "projector", "other"]),
                name="places_equipment_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(retired_by__isnull=True) | Q(retired_at__isnull=False),
                name="places_equipment_retired_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Loan(Model):
    """Somebody has a thing of a centre until she brings it back. A thing is with one person at a time.

    `note` and `return_note` say in what state it went and came back. They may say something of her, and go when her
    data are erased; that she had it stays.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("equipment", "person", "lent_at", "lent_by", "due_on", "returned_at", "returned_by"), PLAIN),
        **dict.fromkeys(("note", "return_note"), PERSONAL),
    }

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="loans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="loans")
    lent_at = models.DateTimeField()
    lent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The last day on which it is not late, in the centre's time.
    due_on = models.DateField()
    note = models.CharField(max_length=300, blank=True, default="")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    return_note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["due_on", "lent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["equipment"], condition=Q(returned_at__isnull=True), name="places_loan_open_once"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False) | Q(returned_by__isnull=True, return_note=""),
                name="places_loan_returned_by_at",
            ),
        ]
        indexes = [models.Index(fields=["person", "lent_at"], name="places_loan_of_person")]

    def __str__(self) -> str:
        return f"loan {self.pk}"
