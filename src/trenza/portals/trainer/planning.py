"""Planning a session: what it is of, where and when. Dates are those of the place."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import Person
from trenza.apps.places.api import read_centre
from trenza.apps.programmes.api import Edition
from trenza.apps.sessions.api import Session, Workshop, openable_editions
from trenza.core import clock

ZONES: Final = {
    "BO": {"America/La_Paz": "La Paz"},
    "CO": {"America/Bogota": "Bogotá"},
    "CR": {"America/Costa_Rica": "San José"},
    "GT": {"America/Guatemala": "Guatemala"},
    "HN": {"America/Tegucigalpa": "Tegucigalpa"},
    "MX": {
        "America/Mexico_City": "Ciudad de México",
        "America/Monterrey": "Monterrey",
        "America/Cancun": "Cancún",
        "America/Chihuahua": "Chihuahua",
        "America/Hermosillo": "Hermosillo",
        "America/Mazatlan": "Mazatlán",
        "America/Tijuana": "Tijuana",
    },
    "NI": {"America/Managua": "Managua"},
    "PA": {"America/Panama": "Panamá"},
    "PY": {"America/Asuncion": "Asunción"},
    "SV": {"America/El_Salvador": "San Salvador"},
}
"""The zones of the countries of the programmes (IANA), by a city that people know."""

MOST_EDITIONS: Final = 60
MOST_CENTRES: Final = 300
SHORTEST, LONGEST = 15, 720
FURTHEST: Final = timedelta(days=730)


class WhenForm(forms.Form):
    """What may be changed of a session later too. `zone` names that of the place."""

    title = forms.CharField(label=_("What it is called"), max_length=200, required=False)
    place = forms.CharField(label=_("Where it is held"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=SHORTEST, max_value=LONGEST, initial=120)
    capacity = forms.IntegerField(
        label=_("How many women there is room for"), min_value=1, max_value=10_000, required=False
    )

    def starts_at(self, zone: str) -> datetime:
        """When it begins, for a clock on the wall of that zone."""
        wall = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return wall.replace(tzinfo=ZoneInfo(zone))

    def clean_day(self) -> Any:
        """Not years away: that is a slip of the finger."""
        day = self.cleaned_data["day"]
        if abs(day - clock.now().date()) > FURTHEST:
            raise forms.ValidationError(_("That day is years away. Look at the year again."))
        return day


class NewSessionForm(WhenForm):
    """A session of one of the editions in which the viewer may open one."""

    of = forms.ChoiceField(label=_("Of which programme"))
    zone = forms.ChoiceField(label=_("Whose time"))
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    field_order = ("of", "title", "centre", "place", "zone", "day", "hour", "minutes", "capacity")

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {edition.pk: edition for edition in editions_of(viewer)}
        countries = {country for edition in self._editions.values() for country in edition.countries}
        zones = [zone for country in sorted(countries & ZONES.keys()) for zone in ZONES[country].items()]
        centres = read_centre.which(viewer).filter(closed_at=None).order_by("name")
        self._centres = {each.pk.hex: each for each in centres[:MOST_CENTRES]}
        self._choose("of", list(_offers(self._editions.values())))
        zones = zones or [pair for some in ZONES.values() for pair in some.items()]
        self._choose("zone", zones if len(zones) == 1 else [("", _("That of the centre")), *zones])
        self.fields["zone"].required = False
        self._choose("centre", [("", _("None of these")), *((key, each.name) for key, each in self._centres.items())])
        self.fields["place"].required = False

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A place and whose time, or a centre, which says both. No zone is guessed: an hour off is a lost morning."""
        data = super().clean() or {}
        if not data.get("place") and not data.get("centre"):
            self.add_error("place", _("Say where it is held, or choose a centre."))
        if not data.get("zone") and not data.get("centre") and "zone" not in self.errors:
            self.add_error("zone", _("Say in whose time the hour is, or choose a centre."))
        return data

    def wish(self) -> dict[str, Any]:
        """What `open_session` takes."""
        data = self.cleaned_data
        edition, kind, key = data["of"].split(":")
        centre = self._centres.get(data["centre"])
        zone = centre.time_zone if centre else data["zone"]
        found = self._editions[UUID(edition)]
        return {
            "edition": found,
            "kind": "class" if kind == "c" else "workshop",
            "track": next((each for each in found.tracks.all() if kind == "c" and each.pk.hex == key), None),
            "workshop": Workshop.objects.filter(pk=UUID(key), edition=found).first() if kind == "w" and key else None,
            "title": data["title"],
            "place": data["place"] or (centre.name if centre else ""),
            "centre": centre.pk if centre else None,
            "time_zone": zone,
            "starts_at": self.starts_at(zone),
            "minutes": data["minutes"],
            "capacity": data["capacity"],
        }


def editions_of(viewer: Person) -> list[Edition]:
    """Where she may open a session: editions that have not ended, the newest first."""
    current = openable_editions.which(viewer).filter(ends_on__gte=clock.now().date())
    rows = current.select_related("programme").prefetch_related("tracks", "workshops")
    return list(rows.order_by("-starts_on", "pk")[:MOST_EDITIONS])


def initial_of(session: Session) -> dict[str, Any]:
    """What a form to change it begins with."""
    wall = session.starts_at.astimezone(ZoneInfo(session.time_zone))
    return {
        "title": session.title,
        "place": session.place,
        "day": wall.date(),
        "hour": wall.time(),
        "minutes": session.minutes,
        "capacity": session.capacity,
    }


def _offers(editions: Iterable[Edition]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """Of each edition: a class of a track, a workshop of the definition, or another workshop."""
    for edition in editions:
        options: list[tuple[str, Any]] = [(f"{edition.pk}:c:{each.pk.hex}", each.name) for each in edition.tracks.all()]
        named = [each for each in edition.workshops.all() if each.retired_at is None]
        options += [(f"{edition.pk}:w:{each.pk.hex}", each.name) for each in named]
        options.append((f"{edition.pk}:w:", _("Another workshop")))
        yield f"{edition.programme.name}, {edition.name}", options
