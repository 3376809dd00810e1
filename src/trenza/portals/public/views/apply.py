"""Apply to a selected call, see what became of it, correct an answer, take it back."""

from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from trenza.apps.admissions.api import (
    AlreadyApplied,
    Application,
    Call,
    CallNotOpen,
    WrongState,
    apply_on_arrival,
    draw_of,
    entry_of,
    own_applications,
    update_answers,
    waiting_place,
    waits_for_guardian,
    withdraw_application,
)
from trenza.apps.forms.api import QuestionnaireForm, Response, build_form
from trenza.apps.people.api import EmailTaken, Person, guardianship_of, person_of
from trenza.core import clock
from trenza.core.access import public, signed_in
from trenza.core.ids import new_secret_code
from trenza.portals.field.errors import too_many
from trenza.portals.public import kept
from trenza.portals.public.consent import CONSENT, CONSENT_DATE
from trenza.portals.public.forms import ApplicationForm, region_options
from trenza.portals.public.views import arriving
from trenza.portals.public.views.calls import call_or_404, card_of
from trenza.portals.public.views.guardians import STANDING

State = Application.State

HEADINGS: Final[dict[str, str | Promise]] = {
    State.SUBMITTED: _("We have your application"),
    State.WAITING_GUARDIAN: _("Your application waits for an adult"),
    State.NEEDS_HELP: _("You are almost there"),
    State.NOT_ELIGIBLE: _("This call is not for you this time"),
    State.WAITING_LIST: _("You are on the waiting list"),
    State.AWARDED: _("There is a place for you!"),
    State.ACCEPTED: _("The place is yours"),
    State.DECLINED: _("You left your place to somebody else"),
    State.WITHDRAWN: _("You took your application back"),
    State.EXPIRED: _("Your days to answer are over"),
    State.TAKEN_BACK: _("This place is no longer offered"),
    State.RELEASED: _("You left before it began"),
}


@public
def apply(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The application form. Who has applied already sees her application instead."""
    found = call_or_404(programme, call)
    if not found.is_selected or found.form is None:
        return HttpResponseRedirect(reverse("sign_up", args=[programme, call]))
    person = person_of(request)
    if person and own_applications.which(person).filter(call=found).exists():
        return _to_application(found)
    if not card_of(found).is_open:
        return _closed(request, found)
    typed = request.POST if request.method == "POST" else kept.kept(request, found)
    form = ApplicationForm(typed, call=found, person=person, questionnaire=found.form.questionnaire)
    if request.method == "POST":
        if arriving.too_often(request):
            return too_many(request)
        if form.is_valid():
            return _send(request, found, person, form)
    return _form_page(request, found, form)


def _send(request: HttpRequest, call: Call, person: Person | None, form: ApplicationForm) -> HttpResponse:
    try:
        application = apply_on_arrival(
            call=call,
            person=person,
            details=form.details(),
            consent=CONSENT,
            region=form.region(),
            answers=form.answers(),
        )
    except EmailTaken:
        if arriving.clicked_twice(request, call):
            return _to_application(call)
        back = reverse("apply", args=[call.programme.code, call.code])
        return arriving.ask_for_code(request, call, back, typed=request.POST)
    except AlreadyApplied:
        return _to_application(call)
    except CallNotOpen:
        return _closed(request, call)
    kept.forget(request)
    if person is None:
        arriving.sign_in_new(request, call, application.person_id)
    return _to_application(call)


@signed_in
def application(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Her own application to this call: where it stands, why, and what she can do."""
    found = _own(request, programme, call)
    outcomes = list(found.outcomes.all())
    context = {
        "application": found,
        "call": found.call,
        "heading": HEADINGS[found.state],
        "unmet": [outcome for outcome in outcomes if not outcome.met],
        "met": [outcome for outcome in outcomes if outcome.met],
        "place": waiting_place(found),
        "draw": draw_of(found.call) if found.call.is_drawn else None,
        "list_closes_at": found.call.list_closes_at.astimezone(found.call.zone),
        "entry": entry_of(found) if found.call.is_drawn else None,
        **_guardian(found),
        "her_pages": resolve_url(settings.LOGIN_REDIRECT_URL),
        "may_withdraw": found.state in (State.SUBMITTED, State.NEEDS_HELP, State.WAITING_LIST, State.WAITING_GUARDIAN),
        "demonstration": found.call.edition.demonstration,
    }
    return render(request, "public/application.html", context)


@signed_in
def correct(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Correct the answers of an application that needs help; the rules are applied again."""
    found = _own(request, programme, call)
    response = found.response
    if found.state != State.NEEDS_HELP or response is None:
        return _to_application(found.call)
    form = _answers_form(request, found.call, response)
    if request.method == "POST" and form.is_valid():
        with suppress(WrongState):  # judged again meanwhile: her page says what came of it
            update_answers(application=found, answers=form.answers(), by=found.person)
        return _to_application(found.call)
    context = {
        "call": found.call,
        "form": form,
        "groups": list(form.sections()),
        "unmet": found.outcomes.filter(met=False),
        "demonstration": found.call.edition.demonstration,
    }
    return render(request, "public/correct.html", context)


@signed_in
@require_POST
def withdraw(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Take her application back."""
    found = _own(request, programme, call)
    with suppress(WrongState):  # awarded or withdrawn meanwhile: her page says so
        withdraw_application(application=found, by=found.person)
    return _to_application(found.call)


def _own(request: HttpRequest, programme: str, call: str) -> Application:
    own = own_applications.which(person_of(request)).filter(call__programme__code=programme, call__code=call)
    found = own.select_related(
        "call__programme", "call__edition", "call__form", "response__form", "person", "region"
    ).first()
    if found is None:
        raise Http404
    return found


def _guardian(application: Application) -> dict[str, Any]:
    """What the page of an application that waits for a guardian says; no query for any other."""
    if application.state != State.WAITING_GUARDIAN:
        return {}
    waits = waits_for_guardian(application.call, application.person, application.region, clock.now())
    named = guardianship_of(application.person)
    return {"waits": waits, "guardianship": named if named and named.state in STANDING else None}


def _answers_form(request: HttpRequest, call: Call, response: Response) -> QuestionnaireForm:
    data = request.POST if request.method == "POST" else None
    regions = region_options(call.regions.all())
    return build_form(response.form.questionnaire, data, response.answers, regions=regions)


def _form_page(request: HttpRequest, call: Call, form: ApplicationForm) -> HttpResponse:
    context = {
        "call": call,
        "card": card_of(call),
        "form": form,
        "groups": list(form.groups()),
        "once": request.POST.get(arriving.ONCE) or new_secret_code(),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "demonstration": call.edition.demonstration,
    }
    return render(request, "public/apply.html", context)


def _closed(request: HttpRequest, call: Call) -> HttpResponse:
    context = {"call": call, "card": card_of(call), "demonstration": call.edition.demonstration}
    return render(request, "public/closed.html", context)


def _to_application(call: Call) -> HttpResponse:
    return HttpResponseRedirect(reverse("application", args=[call.programme.code, call.code]))
