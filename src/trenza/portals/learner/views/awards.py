"""A place that was awarded to her: she takes it, or leaves it to somebody else."""

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from trenza.apps.admissions.api import Award, WaitsForGuardian, WrongState, accept_award, decline_award, own_awards
from trenza.apps.people.api import Person, person_of
from trenza.apps.programmes.api import NotOffered
from trenza.core.access import signed_in


@signed_in
def award(request: HttpRequest, award: UUID) -> HttpResponse:
    """Her place, with a button to take it. Taking it twice leads to the same page."""
    found = _own(request, award)
    if request.method != "POST":
        return _page(request, "learner/award.html", found)
    try:
        accept_award(award=found, by=found.person)
    except WrongState:
        return HttpResponseRedirect(reverse("award", args=[award]))
    except WaitsForGuardian:
        return _page(request, "learner/award.html", found, waits=True)
    except NotOffered:
        return _page(request, "learner/award.html", found, gone=True)
    messages.success(request, _("The place is yours. You can start."), extra_tags="ok")
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))


@signed_in
def decline(request: HttpRequest, award: UUID) -> HttpResponse:
    """Ask once more, then leave the place."""
    found = _own(request, award)
    if request.method == "POST":
        with suppress(WrongState):  # she answered before: her page says how
            decline_award(award=found, by=found.person)
        return HttpResponseRedirect(reverse("award", args=[award]))
    return _page(request, "learner/award_decline.html", found)


def _own(request: HttpRequest, award: UUID) -> Award:
    person: Person | None = person_of(request)
    own = own_awards.which(person).filter(pk=award)
    found = own.select_related("application", "call__programme", "call__edition", "call__track", "region", "person")
    if (row := found.first()) is None:
        raise Http404
    return row


def _page(
    request: HttpRequest, template: str, award: Award, *, gone: bool = False, waits: bool = False
) -> HttpResponse:
    context = {
        "award": award,
        "state": award.application.state,
        "gone": gone,
        "waits": waits,
        "her_pages": resolve_url(settings.LOGIN_REDIRECT_URL),
        "demonstration": award.call.edition.demonstration,
    }
    return render(request, template, context)
