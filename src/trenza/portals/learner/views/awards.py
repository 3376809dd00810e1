"""A place that was awarded to her: she takes it, or leaves it to somebody else; when it expired she may wait again."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trenza.apps.admissions.api import (
    Application,
    Award,
    MayNotRejoin,
    WaitsForGuardian,
    WrongState,
    accept_award,
    decline_award,
    may_rejoin,
    note_seen,
    own_awards,
    rejoin_waiting_list,
)
from trenza.apps.people.api import Person, person_of
from trenza.apps.programmes.api import NotOffered
from trenza.core import clock
from trenza.core.access import signed_in


@signed_in
@never_cache
def award(request: HttpRequest, award: UUID) -> HttpResponse:
    """Her place, with a button to take it. Taking it twice leads to the same page. Once she has seen it, her days to
    answer run."""
    found = _own(request, award)
    if request.method != "POST":
        if request.method == "GET" and found.reached_at is None:
            found = _seen(found)
        return _page(request, "learner/award.html", found)
    try:
        accept_award(award=found, by=found.person)
    except WrongState:
        return HttpResponseRedirect(reverse("award", args=[award]))
    except WaitsForGuardian:
        return _page(request, "learner/award.html", found, waits=True)
    except NotOffered:
        return _page(request, "learner/award.html", found, gone=True)
    if found.call.is_follow_on:
        messages.success(
            request, _("It is yours. The team of the programme will tell you how to go on."), extra_tags="ok"
        )
        return HttpResponseRedirect(reverse("award", args=[award]))
    messages.success(request, _("The place is yours. You can start."), extra_tags="ok")
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))


@signed_in
@never_cache
def decline(request: HttpRequest, award: UUID) -> HttpResponse:
    """Ask once more, then leave the place."""
    found = _own(request, award)
    if request.method == "POST":
        with suppress(WrongState):  # she answered before: her page says how
            decline_award(award=found, by=found.person)
        return HttpResponseRedirect(reverse("award", args=[award]))
    return _page(request, "learner/award_decline.html", found)


@signed_in
@never_cache
@require_POST
def wait_again(request: HttpRequest, award: UUID) -> HttpResponse:
    """Her offer expired, and she goes to the end of the waiting list. A second tap leads to the same page."""
    found = _own(request, award)
    with suppress(WrongState, MayNotRejoin):  # her page says how it stands
        rejoin_waiting_list(application=found.application, by=found.person)
    return HttpResponseRedirect(reverse("award", args=[award]))


def _own(request: HttpRequest, award: UUID) -> Award:
    person: Person | None = person_of(request)
    own = own_awards.which(person).filter(pk=award)
    found = own.select_related(
        "application__call__edition", "call__programme", "call__edition", "track", "region", "person"
    )
    if (row := found.first()) is None:
        raise Http404
    return row


def _seen(award: Award) -> Award:
    """The same, with the moment from which her days run."""
    held = note_seen(award=award, by=award.person)
    award.reached_at, award.expires_at = held.reached_at, held.expires_at
    return award


def _page(
    request: HttpRequest, template: str, award: Award, *, gone: bool = False, waits: bool = False
) -> HttpResponse:
    state = award.application.state
    if state == Application.State.AWARDED and award.has_expired_at(clock.now()):
        state = Application.State.EXPIRED  # nobody has swept yet
    lets_change = award.call.lets_change_on(clock.today(award.call.zone))
    context = {
        "award": award,
        "state": state,
        "gone": gone,
        "may_change_until": award.call.change_until if lets_change else None,
        "waits": waits,
        "until": last_day(award),
        "parts": award.parts.order_by("id") if state == Application.State.ACCEPTED else [],
        "may_rejoin": state == Application.State.EXPIRED and may_rejoin(award.application),
        "her_pages": resolve_url(settings.LOGIN_REDIRECT_URL),
        "demonstration": award.call.edition.demonstration,
    }
    return render(request, template, context)


def last_day(award: Award) -> date | None:
    """The day with which her days to answer end, where the call is."""
    if award.expires_at is None:
        return None
    return (award.expires_at.astimezone(award.call.zone) - timedelta(seconds=1)).date()
