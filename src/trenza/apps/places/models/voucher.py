from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.api import Person
from trenza.apps.places.models.centre import Centre
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, SENSITIVE, Privacy


class VoucherBatch(Model):
    """Codes for a centre's Wi-Fi that came together: each is good for so many minutes, or so many megabytes."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("centre", "minutes", "megabytes", "size", "imported_at", "imported_by"), PLAIN
    )

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="voucher_batches")
    minutes = models.PositiveIntegerField(null=True, blank=True)
    megabytes = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["imported_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, megabytes__isnull=True) | Q(minutes__isnull=True, megabytes__gt=0),
                name="places_voucherbatch_minutes_or_megabytes",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="places_voucherbatch_holds_some"),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Voucher(Model):
    """A code for a centre's Wi-Fi, given once: to somebody, or to nobody whose name was asked.

    Who has the code uses the network, so only whoever gave it sees it, for a day (`rules.shown_vouchers`). `number` is
    its place in the batch: codes are given in that order.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("batch", "centre", "number", "given_to", "given_at", "given_by"), PLAIN),
        "code": SENSITIVE,
    }

    batch = models.ForeignKey(VoucherBatch, on_delete=models.PROTECT, related_name="vouchers")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="vouchers")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    given_to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="vouchers")
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="places_voucher_code_once"),
            models.UniqueConstraint(fields=["batch", "number"], name="places_voucher_number_once"),
            models.CheckConstraint(condition=~Q(code=""), name="places_voucher_has_a_code"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=False) | Q(given_to__isnull=True, given_by__isnull=True),
                name="places_voucher_given_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "batch", "number"], condition=Q(given_at__isnull=True), name="places_voucher_free"
            ),
        ]

    def __str__(self) -> str:
        # Not the code: this text ends in logs.
        return f"voucher {self.pk}"
