"""Apply to a selected call, see what became of it, correct an answer, take it back."""

from contextlib import suppress
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trenza.apps.admissions.api import (
    AlreadyApplied,
    Application,
    Call,
    CallNotOpen,
    WrongState,
    apply_on_arrival,
    draw_of,
    entry_of,
    judgements_of,
    own_applications,
    path_of,
    update_answers,
    waiting_place,
    waits_for_guardian,
    wished_by,
    withdraw_application,
)
from trenza.apps.forms.api import QuestionnaireForm, Response, TooLong, build_form
from trenza.apps.people.api import EmailTaken, count_guess, guardianship_of, may_guess, person_of
from trenza.apps.programmes.api import Track
from trenza.core import clock
from trenza.core.access import public, signed_in
from trenza.core.ids import new_secret_code
from trenza.portals.field.errors import error_page, too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public import drafting, kept
from trenza.portals.public.consent import CONSENT, CONSENT_DATE
from trenza.portals.public.drafting import Begun
from trenza.portals.public.forms import ApplicationForm, CodeForm, region_options
from trenza.portals.public.history import history_of, why_changed
from trenza.portals.public.steps import Maker, Steps, only_errors_of
from trenza.portals.public.views import arriving, too_young
from trenza.portals.public.views.calls import call_or_404, card_of
from trenza.portals.public.views.guardians import STANDING
from trenza.portals.public.views.own import own_application, to_application
from trenza.portals.public.views.second_look import second_look_of

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

NO_DRAFT: Final = _(
    "We found nothing with that code. Look whether you copied it whole. After thirty days without changes it is no "
    "longer kept; then you can begin again."
)


@public
def apply(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The application form: on one page, or page by page where it has several; each page that she sends is kept. Who
    has applied already sees her application instead."""
    found = call_or_404(programme, call)
    if not found.is_selected or found.form is None:
        return HttpResponseRedirect(reverse("sign_up", args=[programme, call]))
    person = person_of(request)
    if person and own_applications.which(person).filter(call=found).exists():
        return to_application(found)
    draft = drafting.begun(request, found)
    form_of = partial(ApplicationForm, call=found, person=person, questionnaire=found.form.questionnaire)
    try:
        if not found.is_open_at(clock.now()):
            return _closed(request, found, _typed_too_late(request, found, form_of, draft))
        if "paso" in request.POST or (request.method != "POST" and len(found.form.questionnaire.page) > 1):
            return _step(request, found, form_of, draft)
        return _whole(request, found, form_of, draft)
    except drafting.TooMany:
        return too_many(request)
    except TooLong:
        return error_page(413, request=request)


def _whole(request: HttpRequest, call: Call, form_of: Maker, draft: Begun | None) -> HttpResponse:
    """The form on one page."""
    if request.method != "POST":
        if draft is None:
            return _form_page(request, call, form_of(kept.kept(request, call)), draft)
        form = form_of(draft.typed)
        only_errors_of(form, ())
        return _form_page(request, call, form, draft)
    form = form_of(request.POST)
    form.full_clean()
    if too_young.comes_too_young(call, form):
        return _explain(request, call, form, draft)
    if request.POST.get("ir") == "guardar":
        return _kept_page(request, call, drafting.keep(request, call, request.POST, draft))
    if arriving.too_often(request):
        return too_many(request)
    return _send(request, call, form, draft) if form.is_valid() else _form_page(request, call, form, draft)


def _step(request: HttpRequest, call: Call, form_of: Maker, draft: Begun | None) -> HttpResponse:
    """One of its pages. What she sends is kept before anything is said of it."""
    typed = draft.typed if draft else kept.kept(request, call) or QueryDict()
    if request.method != "POST":
        steps = Steps(form_of, typed)
        number = steps.number(request.GET.get("paso") or ("" if typed else str(steps.numbers[0])))
        return _step_page(request, call, steps, number, draft)
    if draft is None and arriving.clicked_twice(request, call):  # her first click has sent it, and the draft is gone
        return drafting.forget(to_application(call), call)
    steps, number = Steps.taking_in(form_of, typed, request.POST)
    go = request.POST.get("ir")
    if too_young.comes_too_young(call, steps.form):
        return _explain(request, call, steps.form, draft)
    further = steps.after(number) if go != "atras" else steps.before(number) or number
    if not go and further is None and steps.form.is_valid():
        return too_many(request) if arriving.too_often(request) else _send(request, call, steps.form, draft)
    draft = drafting.keep(request, call, steps.typed, draft)
    if go == "guardar":
        return _kept_page(request, call, draft)
    if go != "atras" and (steps.is_wrong(number) or further is None):
        wrong = number if steps.is_wrong(number) else steps.first_wrong() or number
        return drafting.remember(_step_page(request, call, steps, wrong, draft, errors=True), request, call, draft)
    address = reverse("apply", args=[call.programme.code, call.code])
    return drafting.remember(HttpResponseRedirect(f"{address}?paso={further}"), request, call, draft)


def _explain(request: HttpRequest, call: Call, form: ApplicationForm, draft: Begun | None) -> HttpResponse:
    """An adult must agree before anything of hers is kept: what was kept already goes."""
    drafting.discard(call, draft)
    return drafting.forget(too_young.explain(request, call, form), call)


def _typed_too_late(request: HttpRequest, call: Call, form_of: Maker, draft: Begun | None) -> Begun | None:
    """It closed while she was writing: what she sends is not lost, unless nothing of hers may be kept."""
    if request.method != "POST":
        return draft
    if draft and "paso" in request.POST:
        form = Steps.taking_in(form_of, draft.typed, request.POST)[0].form
    else:
        form = form_of(request.POST)
        form.full_clean()
    if too_young.comes_too_young(call, form):
        drafting.discard(call, draft)
        return None
    return drafting.keep(request, call, _posted(form), draft)


def _send(request: HttpRequest, call: Call, form: ApplicationForm, draft: Begun | None) -> HttpResponse:
    person = form.person
    try:
        application = apply_on_arrival(
            call=call,
            person=person,
            details=form.details(),
            consent=CONSENT,
            region=form.region(),
            answers=form.answers(),
            draft=draft.code if draft else "",
            wishes=form.wishes(),
        )
    except EmailTaken:
        if arriving.clicked_twice(request, call):
            return drafting.forget(to_application(call), call)
        back = reverse("apply", args=[call.programme.code, call.code])
        return arriving.ask_for_code(request, call, back, typed=None if draft else _posted(form))
    except AlreadyApplied:
        return drafting.forget(to_application(call), call)
    except CallNotOpen:
        return _closed(request, call, drafting.keep(request, call, _posted(form), draft))
    kept.forget(request)
    if person is None:
        arriving.sign_in_new(request, call, application.person)
    return drafting.forget(to_application(call), call) if draft else to_application(call)


def _posted(form: ApplicationForm) -> QueryDict:
    data = form.data
    assert isinstance(data, QueryDict)  # it is bound to what a browser sent
    return data


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Go on with what was begun elsewhere, by its code; or let this browser forget what was begun in it.

    A wrong code and an old one get the same answer.
    """
    found = call_or_404(programme, call)
    address = reverse("apply", args=[programme, call])
    if "olvidar" in request.POST:
        return drafting.forget(HttpResponseRedirect(address), found)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        connection = connection_of(request)
        if not may_guess(connection=connection):
            return too_many(request)
        draft = drafting.find(found, form.cleaned_data["code"])
        if draft is not None:
            return drafting.remember(HttpResponseRedirect(address), request, found, draft)
        count_guess(connection=connection)
        form.add_error("code", NO_DRAFT)
    context = {"call": found, "form": form, "demonstration": found.edition.demonstration}
    return render(request, "public/resume.html", context)


@signed_in
def application(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Her own application to this call: where it stands, why, and what she can do."""
    found = own_application(request, programme, call)
    outcomes = list(found.outcomes.all())
    path = path_of(found) if found.call.is_selected else []
    judgements = judgements_of(found)
    led = {step.rule for step in path if not step.done}
    context = {
        "application": found,
        "call": found.call,
        "heading": HEADINGS[found.state],
        "unmet": [outcome for outcome in outcomes if not outcome.met],
        "met": [outcome for outcome in outcomes if outcome.met],
        "path": path,
        "next_step": next((step for step in path if not step.done), None),
        "minutes": sum(step.minutes for step in path if not step.done),
        "others": [outcome for outcome in outcomes if not outcome.met and outcome.rule not in led],
        "age_day": found.call.age_day if found.call.ruleset.asks_age else None,
        "history": history_of(found, judgements),
        "changed": why_changed(found, judgements),
        **second_look_of(found),
        "place": waiting_place(found),
        "wishes": wished_by(found) if found.call.has_several_tracks else [],
        "place_in": _place_in(found),
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
    found = own_application(request, programme, call)
    response = found.response
    if found.state != State.NEEDS_HELP or response is None:
        return to_application(found.call)
    form = _answers_form(request, found.call, response)
    if request.method == "POST" and form.is_valid():
        with suppress(WrongState):  # judged again meanwhile: her page says what came of it
            update_answers(application=found, answers=form.answers(), by=found.person)
        return to_application(found.call)
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
    found = own_application(request, programme, call)
    with suppress(WrongState):  # awarded or withdrawn meanwhile: her page says so
        withdraw_application(application=found, by=found.person)
    return to_application(found.call)


def _guardian(application: Application) -> dict[str, Any]:
    """What the page of an application that waits for a guardian says; no query for any other."""
    if application.state != State.WAITING_GUARDIAN:
        return {}
    waits = waits_for_guardian(application.call, application.person, application.region, clock.now())
    named = guardianship_of(application.person)
    return {"waits": waits, "guardianship": named if named and named.state in STANDING else None}


def _place_in(application: Application) -> Track | None:
    """The track of her place, while it is offered or hers, where her call has several."""
    has_one = application.call.has_several_tracks and application.state in (State.AWARDED, State.ACCEPTED)
    return application.award.track if has_one else None


def _answers_form(request: HttpRequest, call: Call, response: Response) -> QuestionnaireForm:
    data = request.POST if request.method == "POST" else None
    regions = region_options(call.regions.all())
    return build_form(response.form.questionnaire, data, response.answers, regions=regions)


def _form_page(request: HttpRequest, call: Call, form: ApplicationForm, draft: Begun | None) -> HttpResponse:
    return render(request, "public/apply.html", _context(request, call, form, draft) | {"groups": list(form.groups())})


def _step_page(
    request: HttpRequest, call: Call, steps: Steps, number: int, draft: Begun | None, *, errors: bool = False
) -> HttpResponse:
    form, step = steps.shown(number, errors=errors)
    context = {
        "step": step if step.code else None,  # without one: her consent
        "number": number,
        "position": steps.numbers.index(number) + 1,
        "total": steps.total,
        "before": steps.before(number),
        "after": steps.after(number),
        "consents": any(field.name == "consent" for field in step.fields),
    }
    return render(request, "public/apply_step.html", _context(request, call, form, draft) | context)


def _context(request: HttpRequest, call: Call, form: ApplicationForm, draft: Begun | None) -> dict[str, Any]:
    return {
        "call": call,
        "card": card_of(call),
        "form": form,
        "draft": draft,
        "once": request.POST.get(arriving.ONCE) or new_secret_code(),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "demonstration": call.edition.demonstration,
    }


def _kept_page(request: HttpRequest, call: Call, draft: Begun) -> HttpResponse:
    """Her code. Going back to this page shows the same one."""
    context = {"call": call, "card": card_of(call), "draft": draft, "demonstration": call.edition.demonstration}
    return drafting.remember(render(request, "public/draft.html", context), request, call, draft)


def _closed(request: HttpRequest, call: Call, draft: Begun | None) -> HttpResponse:
    context = {"call": call, "card": card_of(call), "draft": draft, "demonstration": call.edition.demonstration}
    response = render(request, "public/closed.html", context)
    return drafting.remember(response, request, call, draft) if draft else response
