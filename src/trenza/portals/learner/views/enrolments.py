"""Her place in a programme: resting, leaving, returning. Each is one decision, and she may always come back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trenza.apps.admissions.api import NoSeatLeft, StudyPlan, place_of, plan_of, write_plan
from trenza.apps.learning.api import has_level_check
from trenza.apps.programmes.api import (
    Enrolment,
    WrongState,
    enrolments_of,
    pause_enrolment,
    return_to_enrolment,
    withdraw_enrolment,
)
from trenza.core import clock
from trenza.core.access import signed_in
from trenza.portals.learner.certificates import certificates_of, has_courses_elsewhere
from trenza.portals.learner.forms import LeaveForm, PlanForm, RestForm
from trenza.portals.learner.herself import demonstration_of, herself


@signed_in
@never_cache
@require_safe
def enrolment(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """How she stands, in warm words, and what she may do about it."""
    found = own_enrolment(request, enrolment)
    plan, until = plan_of(found.person, found.edition), _may_change_until(found)
    elsewhere = has_courses_elsewhere(found)
    more = {"elsewhere": elsewhere, "level_check": has_level_check(found.edition.programme)}
    return _page(request, "learner/enrolment.html", found, plan=plan, may_change_until=until, **more)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Write her plan for studying, or change it."""
    found = own_enrolment(request, enrolment)
    form = PlanForm(
        request.POST if request.method == "POST" else None, initial=_initial(plan_of(found.person, found.edition))
    )
    if not form.is_valid():
        return _page(request, "learner/plan.html", found, form=form)
    write_plan(person=found.person, edition=found.edition, by=found.person, **form.cleaned_data)
    return HttpResponseRedirect(reverse("enrolment", args=[found.pk]))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Rest until a day."""
    found = own_enrolment(request, enrolment)
    form = RestForm(request.POST if request.method == "POST" else None, today=clock.now().date())
    if not form.is_valid():
        return _page(request, "learner/rest.html", found, form=form)
    until = form.cleaned_data["until"]
    return _do(found, lambda: pause_enrolment(enrolment=found, until=until, by=found.person))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Leave, with a reason if she wants to give one."""
    found = own_enrolment(request, enrolment)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(
            request, "learner/leave.html", found, form=form, has_certificates=bool(certificates_of(found.person))
        )
    reason = form.cleaned_data["reason"]
    return _do(found, lambda: withdraw_enrolment(enrolment=found, reason=reason, by=found.person))


@signed_in
@never_cache
@require_POST
def come_back(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Take up again what she rested from or left."""
    found = own_enrolment(request, enrolment)
    try:
        return _do(found, lambda: return_to_enrolment(enrolment=found, by=found.person))
    except NoSeatLeft:
        messages.warning(
            request, _("We are sorry: your place went to the next one, and none is free now. Try it later.")
        )
        return HttpResponseRedirect(reverse("enrolment", args=[enrolment]))


def own_enrolment(request: HttpRequest, enrolment: UUID) -> Enrolment:
    """Her enrolment of this id; anybody else's is not there."""
    found = enrolments_of(herself(request)).select_related("person").filter(pk=enrolment).first()
    if found is None:
        raise Http404
    return found


def _may_change_until(enrolment: Enrolment) -> date | None:
    """The last day on which she may change her track; None where she may not, or not any more."""
    award = place_of(enrolment)
    if award is None or award.changed_track_at is not None:
        return None
    return award.call.change_until if award.call.lets_change_on(clock.today(award.call.zone)) else None


def _initial(plan: StudyPlan | None) -> dict[str, str]:
    return {"moments": plan.moments, "place": plan.place, "helper": plan.helper} if plan else {}


def _do(enrolment: Enrolment, change: Callable[[], object]) -> HttpResponse:
    """Make the change; where it no longer fits (a second tap, another device) the page says how she stands."""
    with suppress(WrongState):
        change()
    return HttpResponseRedirect(reverse("enrolment", args=[enrolment.pk]))


def _page(request: HttpRequest, template: str, enrolment: Enrolment, **more: object) -> HttpResponse:
    context = {"enrolment": enrolment, "state": enrolment.state_on(clock.now().date()), **more}
    return render(request, template, context | demonstration_of([enrolment.edition]))
