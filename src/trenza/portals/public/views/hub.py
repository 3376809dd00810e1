"""The first page of a centre's hub, and how the hub stands, for whoever looks after it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.apps.places.api import open_centres
from trenza.apps.sync import api as sync
from trenza.core import clock
from trenza.core.access import public

LONG: Final = timedelta(days=14)
"""So long without its cell, somebody should do something."""
# What went wrong at the last try, by the code of the engine, and what to do.
WHY: Final[Mapping[str, str | Promise]] = {
    "unreachable": _("There was no internet. That is no harm: try again when there is."),
    "timeout": _("The internet was too slow. Try again when there is more signal."),
    "not_the_cell": _("The Wi-Fi asks for something first. Open any page of the internet and do what it says."),
    "too_often": _("It was asked too often. It tries again by itself."),
    "database": _("The other side was busy. It tries again by itself."),
    "version": _("This hub is too old. Tell who looks after it: it needs an update."),
    "rows": _("Something new could not be read. Tell who looks after it: it needs an update."),
}
_OTHERWISE: Final = _("Tell the office that this hub cannot deliver.")


def home(request: HttpRequest) -> HttpResponse:
    """Whose Wi-Fi this is, and the way in."""
    return render(request, "public/hub_home.html", {"centre": open_centres().first()})


@public
@never_cache
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What waits here, when it was last delivered, and what to do: in words and without a name of anybody."""
    if not settings.IS_HUB:
        raise Http404
    try:
        standing = sync.standing()
    except sync.NotPaired:
        return render(request, "public/hub_state.html", {"standing": None})
    waiting = standing.waiting + standing.records
    context = {
        "standing": standing,
        "waiting": waiting,
        "why": WHY.get(standing.failure, _OTHERWISE) if standing.failure else "",
        "late": standing.seen_at is None or clock.now() - standing.seen_at > LONG,
        "megabytes": standing.spent_today / 1_000_000,
    }
    return render(request, "public/hub_state.html", context)
