"""Sign up to an open call in two steps: who she is; her consent, and she starts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse

from trenza.apps.admissions.api import (
    AlreadyApplied,
    Application,
    Call,
    CallNotOpen,
    NoSeatLeft,
    NotEligible,
    sign_up_on_arrival,
)
from trenza.apps.learning.api import known_modules
from trenza.apps.people.api import EmailTaken, Person, person_of
from trenza.apps.programmes.api import AlreadyEnrolled
from trenza.core.access import public
from trenza.core.ids import new_secret_code
from trenza.portals.field.errors import too_many
from trenza.portals.public import kept
from trenza.portals.public.consent import CONSENT, CONSENT_DATE, has_agreed
from trenza.portals.public.forms import ConsentForm, WhoForm
from trenza.portals.public.views import arriving, too_young
from trenza.portals.public.views.calls import call_or_404, card_of


@public
def sign_up(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Step 1: who she is. What she typed goes to her session, and step 2 follows whoever has the address."""
    found = call_or_404(programme, call)
    if found.is_selected:
        return HttpResponseRedirect(reverse("apply", args=[programme, call]))
    if not card_of(found).is_open:
        return _page(request, "public/closed.html", found)
    typed = request.POST if request.method == "POST" else kept.kept(request, found)
    form = WhoForm(typed, call=found, person=person_of(request))
    if request.method == "POST" and form.is_valid() and too_young.comes_too_young(found, form):
        kept.forget(request)
        return too_young.explain(request, found, form)
    if not form.fields or (request.method == "POST" and form.is_valid()):
        kept.keep(request, found, request.POST)
        return HttpResponseRedirect(reverse("sign_up_consent", args=[programme, call]))
    return _page(request, "public/sign_up.html", found, form=form)


@public
def consent(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Step 2: her consent, and she starts."""
    found = call_or_404(programme, call)
    person = person_of(request)
    typed = kept.kept(request, found)
    who = WhoForm(typed, call=found, person=person)
    if found.is_selected or not card_of(found).is_open or typed is None or (who.fields and not who.is_valid()):
        return HttpResponseRedirect(reverse("sign_up", args=[programme, call]))
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if has_agreed(person):
        form.fields.clear()
    if request.method == "POST":
        if arriving.too_often(request):
            return too_many(request)
        if form.is_valid():
            return _start(request, found, person, who)
    once = request.POST.get(arriving.ONCE) or new_secret_code()
    known = known_modules(person, found.track) if person and found.track else []
    return _page(request, "public/sign_up_consent.html", found, form=form, once=once, who=who, known=known)


def _start(request: HttpRequest, call: Call, person: Person | None, who: WhoForm) -> HttpResponse:
    who.full_clean()
    try:
        result = sign_up_on_arrival(
            call=call, person=person, details=who.details(), consent=CONSENT, region=who.region()
        )
    except EmailTaken:
        if arriving.clicked_twice(request, call):
            return _to_her_pages()
        back = reverse("sign_up_consent", args=[call.programme.code, call.code])
        return arriving.ask_for_code(request, call, back, typed=kept.kept(request, call))
    except AlreadyEnrolled:
        return _to_her_pages()
    except AlreadyApplied:
        return _to_application(call)
    except NotEligible as refused:
        kept.forget(request)
        unmet = [outcome for outcome in refused.outcomes if not outcome.met]
        return _page(request, "public/not_eligible.html", call, unmet=unmet)
    except (NoSeatLeft, CallNotOpen) as refused:
        return _page(request, "public/closed.html", call, full=isinstance(refused, NoSeatLeft))
    kept.forget(request)
    if person is None:
        arriving.sign_in_new(request, call, result.person)
    return _to_application(call) if isinstance(result, Application) else _to_her_pages()


def _page(request: HttpRequest, template: str, call: Call, **context: object) -> HttpResponse:
    shared = {
        "call": call,
        "card": card_of(call),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "demonstration": call.edition.demonstration,
    }
    return render(request, template, shared | context)


def _to_her_pages() -> HttpResponse:
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))


def _to_application(call: Call) -> HttpResponse:
    return HttpResponseRedirect(reverse("application", args=[call.programme.code, call.code]))
