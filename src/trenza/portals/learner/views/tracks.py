"""She changes from one course of her call to another: once, until a day, where there is a place."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.admissions.api import (
    Award,
    ChangeUsed,
    NoSeatLeft,
    TooLateToChange,
    WishesNotValid,
    change_own_track,
    place_of,
    tracks_to_change_to,
)
from trenza.apps.admissions.api import WrongState as WrongApplicationState
from trenza.apps.programmes.api import AlreadyEnrolled, Enrolment, NotOffered, Track, WrongState
from trenza.core import clock
from trenza.core.access import signed_in
from trenza.portals.learner.forms import ChangeTrackForm
from trenza.portals.learner.herself import demonstration_of
from trenza.portals.learner.views.enrolments import own_enrolment

_RUNNING = (Enrolment.State.ACTIVE, Enrolment.State.PAUSED)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Ask where to, and change. A second tap leads to the same page; what can no longer be is said."""
    found = own_enrolment(request, enrolment)
    award = place_of(found)
    if award is None or award.call.change_until is None or found.state not in _RUNNING:
        raise Http404
    if request.method == "POST" and request.POST.get("track") == found.track.code:  # a second tap
        return _back(found)
    free = {track.code: track for track, left in tracks_to_change_to(award) if left != 0}
    form = ChangeTrackForm(request.POST if request.method == "POST" else None, tracks=list(free.values()))
    if form.is_valid() and _change(request, award, free[form.cleaned_data["track"]]):
        return _back(found)
    return _page(request, found, award, form)


def _change(request: HttpRequest, award: Award, track: Track) -> bool:
    """Whether it was done; else the page has a message that says why not."""
    try:
        change_own_track(award=award, track=track, by=award.person)
    except NoSeatLeft:
        messages.warning(request, _("We are sorry: the last place there has just gone. You keep yours."))
    except (TooLateToChange, ChangeUsed, WishesNotValid, WrongState, WrongApplicationState):
        return False  # the page says how it stands
    except (NotOffered, AlreadyEnrolled):
        messages.warning(request, _("That course cannot be chosen for you now. Talk to the team of the programme."))
    else:
        words = _("You are in “%(track)s” now. What counts in both courses stays done.")
        messages.success(request, words % {"track": track.name}, extra_tags="ok")
        return True
    return False


def _back(enrolment: Enrolment) -> HttpResponse:
    return HttpResponseRedirect(reverse("enrolment", args=[enrolment.pk]))


def _page(request: HttpRequest, enrolment: Enrolment, award: Award, form: ChangeTrackForm) -> HttpResponse:
    award = place_of(enrolment) or award  # as it stands now
    used = award.changed_track_at is not None
    found = tracks_to_change_to(award)
    context = {
        "enrolment": enrolment,
        "form": form if any(left != 0 for _track, left in found) else None,
        "full": [track.name for track, left in found if left == 0],
        "last_day": award.call.change_until,
        "used": used,
        "open": not used and award.call.lets_change_on(clock.today(award.call.zone)),
    }
    return render(request, "learner/change_track.html", context | demonstration_of([enrolment.edition]))
