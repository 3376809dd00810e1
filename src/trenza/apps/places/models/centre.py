from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from trenza.apps.people.api import Person
from trenza.core.fields import FoldedField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy

SEARCHED = ("name", "code", "municipality", "address")


class Centre(Model):
    """A place where women meet a trainer and a network.

    It names its organisation and its region by the codes of a definition: programmes stand above this app. It is a
    scope of roles. A centre that closes stays, with all that happened there.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("code", "name", "organisation", "country", "region", "municipality", "address"), PLAIN),
        **dict.fromkeys(("latitude", "longitude", "time_zone", "wifi_name", "note", "search_text"), PLAIN),
        **dict.fromkeys(("opened_at", "opened_by", "closed_at", "closed_by"), PLAIN),
    }

    code = models.CharField(max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$")])
    name = models.CharField(max_length=120)
    # Codes of a definition; blank where it belongs to none.
    organisation = models.CharField(max_length=60, blank=True, default="")
    region = models.CharField(max_length=60, blank=True, default="")
    # ISO 3166-1 alpha-2, in capitals.
    country = models.CharField(max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")])
    municipality = models.CharField(max_length=120, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    # WGS 84, degrees; a place in the street needs five decimals.
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    # An IANA name: the days of its visits and loans are days there.
    time_zone = models.CharField(max_length=60)
    # What its Wi-Fi is called, not how one comes in.
    wifi_name = models.CharField(max_length=60, blank=True, default="")
    # For the team: about the place, not about a person.
    note = models.CharField(max_length=1_000, blank=True, default="")
    # By this it is found.
    search_text = FoldedField(of=SEARCHED)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="places_centre_has_a_name"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False), name="places_centre_closed_by_at"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)  # what is unknown passes a check
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="places_centre_lies_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["country", "name", "code"], name="places_centre_country"),
            models.Index(fields=["region", "country"], name="places_centre_region"),
            models.Index(fields=["organisation"], name="places_centre_organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Where something is written by which it is found, `search_text` is too."""
        written = kwargs.get("update_fields")
        if written is not None and set(SEARCHED) & set(written):
            kwargs["update_fields"] = {*written, "search_text"}
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed for good; hours are another matter."""
        return self.closed_at is None


class OpeningHours(Model):
    """From when to when a centre is open on one day of the week, in its own time. A day may have several, which do
    not overlap; none lasts beyond midnight. `weekday` is 0 for Monday."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("centre", "weekday", "opens", "closes"), PLAIN)

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="places_hours_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="places_hours_open_before_they_close"),
            models.UniqueConstraint(fields=["centre", "weekday", "opens"], name="places_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"
