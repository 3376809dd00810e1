"""Doing something with several rows of a list: ticked, or all that its filters leave; asked first, told row by row.

The rows that are confirmed are those that were shown: their keys travel with the question. One domain call does it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trenza.apps.people.api import Permission, Person
from trenza.core.errors import DomainError
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may
from trenza.portals.office.words import Words, refusal

if TYPE_CHECKING:
    from trenza.portals.office.listing import Listing

MOST_ROWS: Final = 500


@dataclass(frozen=True)
class Bulk:
    """Something that is done with several rows.

    `act` makes the one domain call and gives for each key what came of it: None where it was done, the error where
    not. `name` and `state` say of a row whom it is about and how it stands; `foretold` adds sentences to the question.
    `form` asks what else must be known; its answers go to `act`. Where `answer` is given, it acts instead and makes the
    page that follows.
    """

    code: str
    label: Words
    permission: Permission
    act: Callable[[Sequence[Any], Person, Mapping[str, Any]], Mapping[UUID, DomainError | None]]
    question: Words
    done: Words
    name: Callable[[Any], str]
    state: Callable[[Any], Words]
    form: Callable[[Any, Person, Sequence[Any]], forms.Form] | None = None
    answer: Callable[[HttpRequest, Sequence[Any], Person], HttpResponse] | None = None
    foretold: Callable[[Sequence[Any], Person], list[str]] | None = None


def answer(listing: "Listing", request: HttpRequest) -> HttpResponse:
    """Ask, or do it once it was confirmed, and say of each row what came of it."""
    wanted = next((each for each in listing.bulks if each.code == request.POST.get("bulk")), None)
    if wanted is None:
        raise Http404
    if not may(request, wanted.permission):
        raise PermissionDenied
    rows, beyond = _rows(listing, request)
    if not rows:
        messages.warning(request, _("Nothing was ticked. Tick the rows first, then choose what to do."))
        return redirect(listing.address())
    if beyond:
        words = _("At most %(most)s rows are done at once, and the filters leave %(n)s. Filter more.")
        messages.error(request, words % {"most": MOST_ROWS, "n": beyond})
        return redirect(listing.address())
    given = request.POST if "confirmed" in request.POST else None
    form = wanted.form(given, listing.viewer, rows) if wanted.form else None
    if given is None or (form is not None and not form.is_valid()):
        return _page(listing, request, wanted, rows, "office/bulk.html", form=form)
    if wanted.answer:
        return wanted.answer(request, rows, listing.viewer)
    outcomes = wanted.act(rows, listing.viewer, form.cleaned_data if form else {})
    return _page(listing, request, wanted, rows, "office/bulk_done.html", outcomes=_told(wanted, rows, outcomes))


def _rows(listing: "Listing", request: HttpRequest) -> tuple[list[Any], int]:
    """The rows that are meant, of those that the viewer may read; and how many there are where they are too many."""
    if "rows" in request.POST:
        keys = request.POST["rows"].split()
    elif "all" in request.POST:
        found = listing.get_queryset()
        count = found.order_by().count()
        if count > MOST_ROWS:
            return list(found[:1]), count
        return list(found.select_related(*listing.related)), 0
    else:
        keys = request.POST.getlist("row")
    within = listing.get_base_queryset().filter(pk__in=_uuids(keys[:MOST_ROWS]))
    return list(listing.order_queryset(within).select_related(*listing.related)), 0


def _uuids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@dataclass(frozen=True)
class Told:
    """A row, and what came of it."""

    row: Any
    name: str
    done: bool
    sentence: str | Promise


def _told(wanted: Bulk, rows: Sequence[Any], outcomes: Mapping[UUID, DomainError | None]) -> list[Told]:
    """What was not done stands first."""
    told = []
    for row in rows:
        error = outcomes.get(row.pk)
        done = row.pk in outcomes and error is None
        words = wanted.done if done else refusal(error) if error else _("This row is not there any more.")
        told.append(Told(row, wanted.name(row), done, words))
    return sorted(told, key=lambda each: each.done)


def _page(
    listing: "Listing", request: HttpRequest, wanted: Bulk, rows: Sequence[Any], template: str, **more: Any
) -> HttpResponse:
    states = Counter(str(wanted.state(row)) for row in rows)
    outcomes: list[Told] = more.get("outcomes", [])
    done = sum(each.done for each in outcomes)
    context = {
        "bulk": wanted,
        "rows": rows,
        "keys": " ".join(str(row.pk) for row in rows),
        "names": [wanted.name(row) for row in rows],
        "states": states.most_common(),
        "foretold": wanted.foretold(rows, listing.viewer) if wanted.foretold and not outcomes else [],
        "count": ngettext("%(n)s row", "%(n)s rows", len(rows)) % {"n": len(rows)},
        "back": listing.address(),
        "page_title": str(wanted.label),
        "header_title": str(wanted.label),
        "header_icon": listing.header_icon,
        "breadcrumbs_items": [
            {"url": listing.address(), "label": listing.get_page_title()},
            {"url": "", "label": str(wanted.label)},
        ],
        "header_buttons": [],
        "demonstration": demonstration_everywhere() or any(map(listing.is_synthetic, rows)),
        "done": ngettext("%(n)s row was done.", "%(n)s rows were done.", done) % {"n": done}
        if done
        else _("Nothing was done."),
        "not_done": len(outcomes) - done,
        **more,
    }
    return TemplateResponse(request, template, context)
