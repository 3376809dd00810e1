from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from trenza.apps.people.api import Person
from trenza.apps.places.models.centre import Centre
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Visit(Model):
    """Who came to a centre on a day, and what for: one person, or `count` women whose names nobody asked.

    A visit of a person counts one, also when her data are erased and the row no longer says who. What was noted by
    mistake is taken back and stays.
    """

    class Purpose(models.TextChoices):
        CLASS = "class", pgettext_lazy("visit", "A class")
        PRACTICE = "practice", pgettext_lazy("visit", "To practise")
        WIFI = "wifi", pgettext_lazy("visit", "The Wi-Fi")
        HELP = "help", pgettext_lazy("visit", "Help")
        OTHER = "other", pgettext_lazy("visit", "Something else")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("centre", "day", "purpose", "person", "count", "noted_at", "noted_by", "taken_back_at", "taken_back_by"),
        PLAIN,
    )

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="visits")
    # In the centre's time.
    day = models.DateField()
    purpose = models.CharField(max_length=8, choices=Purpose)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    count = models.PositiveIntegerField(default=1)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-day", "-noted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["class", "practice", "wifi", "help", "other"]),
                name="places_visit_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(count=1) | Q(count__gt=1, person__isnull=True), name="places_visit_of_a_person_counts_one"
            ),
            models.UniqueConstraint(
                fields=["centre", "day", "purpose", "person"],
                condition=Q(taken_back_at__isnull=True),
                name="places_visit_of_a_person_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_by__isnull=True) | Q(taken_back_at__isnull=False),
                name="places_visit_taken_back_by_at",
            ),
        ]
        indexes = [models.Index(fields=["centre", "day"], name="places_visit_of_a_day")]

    def __str__(self) -> str:
        return f"visit {self.pk}"
