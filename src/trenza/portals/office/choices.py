"""The filters that several lists share, with names that tell programmes apart."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from trenza.apps.admissions.api import Call, readable_calls
from trenza.apps.people.api import Permission, Reach, reach_of
from trenza.apps.places.api import Centre, read_centre
from trenza.apps.programmes.api import Edition, Region, Track
from trenza.portals.field.countries import countries_by_name
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


def words_filter(
    label: Words, words: Mapping[str, Words], field: str | None = None, **kwargs: Any
) -> django_filters.ChoiceFilter:
    """By one of a few values, in words."""
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=list(words.items()), empty_label=_("All"), widget=forms.RadioSelect,
        **kwargs,
    )  # fmt: skip


MOST_CHOICES: Final = 300
"""Of a list to choose from; a value beyond them still works where an address names it."""


def country_filter(label: Words) -> django_filters.ChoiceFilter:
    """By country, by name: all there are in the world, so that no query looks which people have."""
    return django_filters.ChoiceFilter(label=label, choices=countries_by_name, empty_label=_("All"))


class Some(ModelChoiceIterator[Any]):
    """The first of many choices, and the one that is chosen."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for row in self.queryset[:MOST_CHOICES]:
            yield self.choice(row)


class WithinProgramme(django_filters.ModelChoiceFilter):
    """Choose a row that belongs to a programme. One query for its choices, and one for the one that is chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label=_("All"), **kwargs)

    class field_class(django_filters.fields.ModelChoiceField):  # noqa: N801 (django-filter's name)
        iterator: Any = Some

        def label_from_instance(self, obj: Any) -> str:
            return f"{obj.programme.name} · {obj.name}"


class CentreFilter(django_filters.ModelChoiceFilter):
    """By centre: those that the viewer may read. `method` is where a row has no key of its centre."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Centre"), queryset=_readable_centres, empty_label=_("All"), **kwargs)

    class field_class(django_filters.fields.ModelChoiceField):  # noqa: N801 (django-filter's name)
        iterator: Any = Some


def _readable_centres(request: HttpRequest) -> QuerySet[Centre]:
    return read_centre.which(viewer_of(request)).order_by("name", "pk")


def edition_filter(field: str = "edition") -> WithinProgramme:
    """By edition: those of the viewer's programmes."""
    return WithinProgramme(field_name=field, label=_("Edition"), queryset=_within_reach(Edition))


def track_filter(field: str = "track", label: Any = None, **kwargs: Any) -> WithinProgramme:
    """By track: those of the viewer's programmes."""
    return WithinProgramme(field_name=field, label=label or _("Track"), queryset=_within_reach(Track), **kwargs)


def region_filter(field: str = "region", **kwargs: Any) -> WithinProgramme:
    """By region: those of the viewer's programmes, or those that she has."""
    return WithinProgramme(field_name=field, label=_("Region"), queryset=_within_reach(Region), **kwargs)


def _within_reach(model: type[Model]) -> Callable[[HttpRequest], QuerySet[Any]]:
    """What the viewer's programmes have of it: nobody chooses among what she cannot see. A region reaches its
    programme's editions and tracks, and itself alone among regions."""

    def which(request: HttpRequest) -> QuerySet[Any]:
        reach = _office_reach(request)
        rows = model._default_manager.select_related("programme").order_by("programme__name", "pk")
        if reach.everything:
            return rows
        hers = Q(programme__in=reach.ids("programme")) | Q(programme__editions__in=reach.ids("edition"))
        regions = reach.ids("region")
        hers |= Q(pk__in=regions) if model is Region else Q(programme__regions__in=regions)
        return rows.filter(pk__in=model._default_manager.filter(hers).values("pk"))

    return which


def _office_reach(request: HttpRequest) -> Reach:
    """Where she enters the office: asked once in a request, for all its filters."""
    kept = vars(request)
    if "office_reach" not in kept:
        kept["office_reach"] = reach_of(viewer_of(request), Permission.OFFICE_ENTER)
    found: Reach = kept["office_reach"]
    return found


class CallFilter(WithinProgramme):
    """By call: those that the viewer may read, the newest first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=_readable_calls, **kwargs)


def _readable_calls(request: HttpRequest) -> QuerySet[Call]:
    return readable_calls.which(viewer_of(request)).select_related("programme").order_by("-opens_at", "pk")
