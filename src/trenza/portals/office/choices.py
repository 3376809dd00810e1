"""The filters that several lists share, with names that tell programmes apart."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from trenza.apps.admissions.api import Call, readable_calls
from trenza.apps.programmes.api import Edition, Region, Track
from trenza.portals.office.access import viewer_of
from trenza.portals.office.words import Words


class Days(DateRangePickerWidget):
    """From a day to a day, with the browser's own calendars: Wagtail's bring inline scripts, which are refused."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        calendars = [
            forms.DateInput(attrs={"type": "date", "aria-label": label}, format="%Y-%m-%d")
            for label in (_("From"), _("To"))
        ]
        forms.MultiWidget.__init__(self, calendars, attrs)


def days_filter(label: Words) -> django_filters.DateFromToRangeFilter:
    """By the day of a moment."""
    return django_filters.DateFromToRangeFilter(label=label, widget=Days)


def words_filter(label: Words, words: Mapping[str, Words], field: str | None = None) -> django_filters.ChoiceFilter:
    """By one of a few values, in words."""
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=list(words.items()), empty_label=_("All"), widget=forms.RadioSelect
    )


class WithinProgramme(django_filters.ModelChoiceFilter):
    """Choose a row that belongs to a programme. One query for its choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label=_("All"), **kwargs)

    class field_class(django_filters.fields.ModelChoiceField):  # noqa: N801 (django-filter's name)
        def label_from_instance(self, obj: Any) -> str:
            return f"{obj.programme.name} · {obj.name}"


def edition_filter(field: str = "edition") -> WithinProgramme:
    """By edition."""
    return WithinProgramme(field_name=field, label=_("Edition"), queryset=Edition.objects.select_related("programme"))


def track_filter(field: str = "track") -> WithinProgramme:
    """By track."""
    return WithinProgramme(field_name=field, label=_("Track"), queryset=Track.objects.select_related("programme"))


def region_filter(field: str = "region") -> WithinProgramme:
    """By region."""
    return WithinProgramme(field_name=field, label=_("Region"), queryset=Region.objects.select_related("programme"))


class CallFilter(WithinProgramme):
    """By call: those that the viewer may read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=_readable_calls, **kwargs)


def _readable_calls(request: HttpRequest) -> QuerySet[Call]:
    return readable_calls.which(viewer_of(request)).select_related("programme")
