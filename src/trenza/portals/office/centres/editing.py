"""Open a centre, change what is said of it, and its opening hours."""

import re
from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trenza.apps.people.api import Permission, Person, reach_of
from trenza.apps.places.api import (
    Centre,
    CentreDetails,
    Hours,
    HoursBackwards,
    HoursOverlap,
    change_centre,
    hours_of,
    open_centre,
    set_opening_hours,
)
from trenza.apps.programmes.api import Organisation, Region
from trenza.core.errors import DomainError
from trenza.portals.field.countries import countries_by_name
from trenza.portals.office.access import viewer_of
from trenza.portals.office.centres.base import FormUnderCentre
from trenza.portals.office.place_words import DAYS
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.words import refusal

TIMES: Final = (
    ("opens", 0, gettext_lazy("opens")),
    ("closes", 0, gettext_lazy("closes")),
    ("opens", 1, gettext_lazy("opens again")),
    ("closes", 1, gettext_lazy("closes again")),
)
TIMES_A_DAY: Final = 2
_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?"
_DEGREES = re.compile(rf"({_NUMBER})\s*[,;\s]\s*({_NUMBER})")
_SIX = Decimal("0.000001")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Those that are named for a city."""
    kept = [zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))]
    return [(zone, zone.replace("_", " ")) for zone in sorted(kept)]


class CoordinatesField(forms.CharField):
    """Latitude and longitude as a map gives them: "-16.50461, -68.16290"."""

    def clean(self, value: Any) -> tuple[Decimal, Decimal] | None:
        """Both, to six decimals; None where nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        match = _DEGREES.fullmatch(text)
        if match is None:
            raise ValidationError(_("Write the latitude and the longitude, like -16.50461, -68.16290."))
        latitude, longitude = (Decimal(each).quantize(_SIX) for each in match.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValidationError(_("No place on earth lies there. Look at the latitude and the longitude again."))
        return latitude, longitude


class CentreForm(forms.Form):
    """What is said of a centre. Regions and organisations are those of the viewer's programmes."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens, like el-alto-norte. No other centre has it."),
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", gettext_lazy("Use small letters, digits and hyphens."))
        ],
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=countries_by_name)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    municipality = forms.CharField(label=gettext_lazy("Municipality"), max_length=120, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    coordinates = CoordinatesField(
        label=pgettext_lazy("centre", "Where it lies"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Latitude and longitude as a map gives them, like -16.50461, -68.16290."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)
    wifi_name = forms.CharField(label=gettext_lazy("Name of the Wi-Fi"), max_length=60, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note for the team"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("About the place: who has the key, where the door is. Write nothing about a woman."),
    )

    def __init__(self, viewer: Person, centre: Centre | None, data: Any = None) -> None:
        super().__init__(data, initial=_said(centre) if centre else {"country": "BO", "time_zone": "America/La_Paz"})
        for name, choices in (("region", regions_of(viewer)), ("organisation", organisations_of(viewer))):
            offered = dict(choices)
            if centre and (standing := getattr(centre, name)):
                offered.setdefault(standing, standing)
            self.fields[name].choices = [("", _("None")), *offered.items()]  # type: ignore[attr-defined]  # ours

    @property
    def details(self) -> CentreDetails:
        """What was said."""
        given = dict(self.cleaned_data)
        latitude, longitude = given.pop("coordinates") or (None, None)
        return CentreDetails(**given, latitude=latitude, longitude=longitude)


def _said(centre: Centre) -> dict[str, Any]:
    """What the form begins with."""
    names = [name for name in CentreForm.base_fields if name != "coordinates"]
    said = {name: getattr(centre, name) for name in names}
    if centre.latitude is not None:
        said["coordinates"] = f"{centre.latitude}, {centre.longitude}"
    return said


def regions_of(viewer: Person) -> Iterator[tuple[str, str]]:
    """The codes of the regions in which she keeps centres, with words to choose by."""
    reach = reach_of(viewer, Permission.PLACE_KEEP)
    yield from _by_code(Region.objects.filter(reach.q(region="pk")))


def organisations_of(viewer: Person) -> Iterator[tuple[str, str]]:
    """Those of the programmes in which she keeps centres."""
    reach = reach_of(viewer, Permission.PLACE_KEEP)
    yield from _by_code(Organisation.objects.filter(reach.q(programme="programme")))


def _by_code(rows: QuerySet[Any]) -> Iterator[tuple[str, str]]:
    rows = rows.filter(retired_at=None).select_related("programme").order_by("programme__name", "position")
    for row in rows[:500]:
        yield row.code, f"{row.programme.name} · {row.name}"


class NewCentrePage(OfficePage):
    """Open a centre."""

    template_name = "office/centres/form.html"
    header_icon = "site"

    def get_page_title(self) -> str:
        return _("Open a centre")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_centres"), "label": _("Centres")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = CentreForm(viewer_of(self.request), None)
        return super().get_context_data(button=_("Open the centre"), back=reverse("office_centres"), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open it, or say what is wrong."""
        viewer = viewer_of(request)
        form = CentreForm(viewer, None, request.POST)
        if form.is_valid():
            try:
                centre = open_centre(details=form.details, by=viewer)
            except DomainError as error:
                form.add_error(None, str(refusal(error)))
            else:
                messages.success(request, _("The centre is open. Say now when one may come."))
                return redirect("office_centre_hours", pk=centre.pk)
        return self.render_to_response(self.get_context_data(form=form))


class ChangePage(FormUnderCentre):
    """Change what is said of a centre."""

    button = gettext_lazy("Save")

    def get_page_title(self) -> str:
        return _("Change the centre")

    def form(self, *data: Any) -> CentreForm:
        return CentreForm(self.viewer, self.object, *data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            change_centre(centre=self.object, details=form.details, by=self.viewer)
            return _("The centre was changed.")

        return self.answer(form, act)


class HoursForm(forms.Form):
    """A week: twice a day, from then to then."""

    def __init__(self, centre: Centre, data: Any = None) -> None:
        standing: dict[int, list[Any]] = {}
        for each in hours_of(centre):
            standing.setdefault(each.weekday, []).append(each)
        initial = {
            f"{name}{weekday}{number}": getattr(each, name)
            for weekday, times in standing.items()
            for number, each in enumerate(times)
            for name in ("opens", "closes")
        }
        super().__init__(data, initial=initial)
        for weekday, day in DAYS.items():
            for name, number, label in TIMES:
                self.fields[f"{name}{weekday}{number}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput(
                        {"type": "time", "step": 300, "aria-label": f"{day}: {label}"}, format="%H:%M"
                    ),
                )

    def rows(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each day with its fields: opens, closes, opens again, closes again."""
        for weekday, day in DAYS.items():
            yield (
                day,
                [self[f"{name}{weekday}{number}"] for number in range(TIMES_A_DAY) for name in ("opens", "closes")],
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.hours: list[Hours] = []
        for weekday in DAYS:
            for number in range(TIMES_A_DAY):
                opens, closes = (f"{name}{weekday}{number}" for name in ("opens", "closes"))
                if opens in self.errors or closes in self.errors:
                    continue
                begin, end = _minute(given.get(opens)), _minute(given.get(closes))
                if begin is None and end is None:
                    continue
                if begin is None or end is None:
                    self.add_error(opens if begin is None else closes, _("Say both when it opens and when it closes."))
                else:
                    self.hours.append(Hours(weekday, begin, end))
        return given


def _minute(moment: time | None) -> time | None:
    return moment.replace(second=0, microsecond=0) if moment else None


class HoursPage(FormUnderCentre):
    """When a centre is open in a week."""

    template_name = "office/centres/hours.html"
    button = gettext_lazy("Save")
    lead = gettext_lazy("In the centre's own time. Leave the days empty on which it stays closed.")

    def get_page_title(self) -> str:
        return _("Opening hours")

    def form(self, *data: Any) -> HoursForm:
        return HoursForm(self.object, *data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save them, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            set_opening_hours(centre=self.object, hours=form.hours, by=self.viewer)
            return _("The opening hours were saved.")

        return self.answer(form, act)

    def refuse(self, form: forms.Form, error: DomainError) -> None:
        """On the day that is wrong."""
        if isinstance(error, HoursOverlap | HoursBackwards):
            form.add_error(f"opens{error.weekday}0", str(refusal(error)))
        else:
            super().refuse(form, error)
