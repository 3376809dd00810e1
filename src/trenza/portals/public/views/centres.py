"""The page of centres: where one may go, and when."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from trenza.apps.places.api import Centre, OpeningHours, open_centres
from trenza.core.access import public
from trenza.core.words import LONGEST, words_of
from trenza.portals.field.countries import country_name
from trenza.portals.field.maps import MapLinks, map_links

PER_PAGE: Final = 15


@dataclass(frozen=True)
class Card:
    """A centre as it is shown."""

    centre: Centre
    country: str
    hours: tuple[str, ...]
    map: MapLinks | None


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The centres that are open, by country and name; those that are called as somebody looks for. Three queries."""
    words = request.GET.get("q", "")[:LONGEST]
    centres = open_centres()
    for word in words_of(words):
        centres = centres.filter(search_text__contains=word)
    page = Paginator(centres, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "cards": [card(centre) for centre in page],
        "words": words,
        "asked": urlencode({"q": words}) if words_of(words) else "",
    }
    return render(request, "public/centres.html", context)


def card(centre: Centre) -> Card:
    """What is said of one."""
    return Card(
        centre,
        country_name(centre.country),
        tuple(in_words(list(centre.hours.all()))),
        map_links(centre.latitude, centre.longitude),
    )


def in_words(hours: list[OpeningHours]) -> list[str]:
    """The week in lines; days one after the other with the same times share one: "Monday to Friday: 09:00 to 12:00"."""
    times: dict[int, list[str]] = {}
    for each in hours:
        times.setdefault(each.weekday, []).append(
            _("%(opens)s to %(closes)s")
            % {"opens": time_format(each.opens, "H:i"), "closes": time_format(each.closes, "H:i")}
        )
    runs: list[tuple[int, int, str]] = []
    for weekday, said in sorted((weekday, ", ".join(each)) for weekday, each in times.items()):
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == said:
            runs[-1] = (runs[-1][0], weekday, said)
        else:
            runs.append((weekday, weekday, said))
    return [f"{_days(first, last)}: {said}" for first, last, said in runs]


def _days(first: int, last: int) -> str:
    """A day, two, or from one to another."""
    days: dict[int, str | Promise] = dict(WEEKDAYS)
    if first == last:
        return _capitalised(days[first])
    both = {"first": _capitalised(days[first]), "last": days[last]}
    return (_("%(first)s and %(last)s") if last == first + 1 else pgettext("days", "%(first)s to %(last)s")) % both


def _capitalised(day: str | Promise) -> str:
    text = str(day)
    return text[:1].upper() + text[1:]
