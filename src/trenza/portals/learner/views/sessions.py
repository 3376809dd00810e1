"""Her sessions: which are coming, her place in them, and saying with the code on the wall that she is there."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trenza.apps.people.api import Person
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session, SignUp
from trenza.core import clock
from trenza.core.access import signed_in
from trenza.portals.learner.forms import CheckInForm
from trenza.portals.learner.herself import herself

MOST = 60
LONGEST = timedelta(days=1)
"""A session that began longer ago than this is over."""


@signed_in
@never_cache
@require_safe
def hers(request: HttpRequest) -> HttpResponse:
    """What goes on now, and what is coming."""
    return _page(request, herself(request))


@signed_in
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The same for the calendar of her phone, without anybody's name."""
    headers = {"Content-Disposition": 'attachment; filename="sesiones.ics"'}
    content = sessions.calendar_of(herself(request))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@signed_in
@never_cache
@require_POST
def sign_up(request: HttpRequest, session: UUID) -> HttpResponse:
    """Take a place."""
    person = herself(request)
    found = _found(person, session)
    try:
        sessions.sign_up(session=found, person=person, by=person)
    except sessions.Full:
        return _again(request, _("All places are taken. Ask your trainer: sometimes one comes free."))
    except (sessions.SessionOver, sessions.SessionCancelled, sessions.NotExpected):
        return _again(request, _("This session takes nobody in any more."))
    except sessions.AlreadySignedUp:
        pass  # a second tap
    return _again(request, _("You have a place. We expect you."), good=True)


@signed_in
@never_cache
@require_POST
def withdraw(request: HttpRequest, session: UUID) -> HttpResponse:
    """Give the place back."""
    person = herself(request)
    place = SignUp.objects.filter(person=person, session=session, withdrawn_at=None).first()
    if place is not None:
        with suppress(sessions.NotSignedUp):  # a second tap
            sessions.withdraw_sign_up(sign_up=place, by=person)
    return _again(request, _("Your place is free for somebody else. Thank you for telling us."), good=True)


@signed_in
@never_cache
@require_POST
def check_in(request: HttpRequest, session: UUID) -> HttpResponse:
    """Say that she is there, with the code on the wall."""
    person = herself(request)
    found, form = _found(person, session), CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, person, failed=(found.pk, form))
    try:
        sessions.check_in(session=found, code=form.cleaned_data["code"], person=person)
    except (sessions.WrongCode, sessions.NotExpected):
        form.add_error(
            "code", _("That is not the code of this session now. Look at the wall again, or ask your trainer.")
        )
        return _page(request, person, failed=(found.pk, form))
    except sessions.TooManyTries:
        form.add_error("code", _("There were many attempts in a row. Ask your trainer to mark you."))
        return _page(request, person, failed=(found.pk, form))
    return _again(request, _("Noted: you are here."), good=True)


def _page(request: HttpRequest, person: Person, failed: tuple[UUID, CheckInForm] | None = None) -> HttpResponse:
    now = clock.now()
    begun = sessions.own_sessions.which(person).filter(
        cancelled_at=None, starts_at__lte=now + sessions.MARGIN, starts_at__gt=now - LONGEST
    )
    here = [each for each in begun.order_by("starts_at", "id")[:MOST] if each.ends_at + sessions.MARGIN >= now]
    coming = [each for each in sessions.sessions_for(person)[:MOST] if each not in here]
    places = SignUp.objects.filter(person=person, session__in=coming, withdrawn_at=None)
    taken = sessions.places_taken([each.pk for each in coming])
    context = {
        "here": [(each, failed[1] if failed and failed[0] == each.pk else CheckInForm()) for each in here],
        "coming": [(each, each.capacity is not None and taken[each.pk] >= each.capacity) for each in coming],
        "places": set(places.values_list("session", flat=True)),
    }
    return render(request, "learner/sessions.html", context)


def _found(person: Person, session: UUID) -> Session:
    found = sessions.own_sessions.which(person).filter(pk=session).first()
    if found is None:
        raise Http404
    return found


def _again(request: HttpRequest, words: str, *, good: bool = False) -> HttpResponse:
    messages.add_message(request, messages.SUCCESS if good else messages.WARNING, words)
    return HttpResponseRedirect(reverse("learner_sessions"))
