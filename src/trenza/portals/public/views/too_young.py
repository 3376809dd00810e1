"""A girl of whom nothing may be kept before an adult agrees: she learns without an account, and asks the adult."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trenza.apps.admissions.api import (
    AlreadyApplied,
    Call,
    CallNotOpen,
    NoSeatLeft,
    NotEligible,
    account_from,
    agree_first,
    ask_guardian_first,
    call_of_request,
    is_too_young_alone,
    refuse_first,
)
from trenza.apps.learning.api import published_courses
from trenza.apps.people.api import EmailTaken, LinkNotValid, TooManyLinks, mail_request_link
from trenza.apps.programmes.api import Module
from trenza.core import clock
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.public.consent import CONSENT, CONSENT_DATE, GUARDIAN_CONSENT, GUARDIAN_CONSENT_DATE
from trenza.portals.public.forms import WhoForm
from trenza.portals.public.guardian_forms import FirstGuardianForm
from trenza.portals.public.views import arriving
from trenza.portals.public.views.calls import call_or_404, card_of


def comes_too_young(call: Call, who: WhoForm) -> bool:
    """Whether who typed this, and is nobody here yet, may not be kept before an adult agrees. For a valid form."""
    born = who.details().birth_date
    return who.person is None and born is not None and is_too_young_alone(call, born, who.region(), clock.now())


def explain(request: HttpRequest, call: Call, who: WhoForm) -> HttpResponse:
    """What she can do at once, and the form to ask an adult. What she typed travels in the page: nothing is kept."""
    form = None if call.is_selected else FirstGuardianForm(prefix="adult", her_address="")
    return _page(request, call, who, form)


@public
@never_cache
@require_POST
def ask(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """She says who the adult is: what she typed is sealed, and the adult gets the only key."""
    found = call_or_404(programme, call)
    who = WhoForm(request.POST, call=found, person=None)
    if found.is_selected or not card_of(found).is_open or not who.is_valid() or not comes_too_young(found, who):
        return HttpResponseRedirect(reverse("sign_up", args=[programme, call]))
    form = FirstGuardianForm(request.POST, prefix="adult", her_address=who.details().email)
    if not form.is_valid():
        return _page(request, found, who, form)
    if arriving.too_often(request):
        return too_many(request)
    adult = form.cleaned_data
    try:
        token = ask_guardian_first(
            call=found,
            details=who.details(),
            consent=CONSENT,
            region=who.region(),
            adult=adult["name"],
            relation=adult["relation"],
            address=adult["email"],
        )
    except TooManyLinks:
        form.add_error("email", _("We have sent several messages to that address today. Try again tomorrow."))
        return _page(request, found, who, form)
    mail_request_link(to=adult["email"], token=token, language=get_language() or "es")
    return render(request, "public/too_young_asked.html", _about(found))


@public
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the adult sees who opens the link: who asks, for what, and two buttons. Nothing is answered by looking."""
    found = call_of_request(token)
    if found is None:
        return render(request, "public/guardian_gone.html", status=404)
    call, given_name = found
    given = request.POST.get("answer") if request.method == "POST" else None
    if given in ("yes", "no"):
        return _answered(request, token, call, given_name, agrees=given == "yes")
    context = _about(call) | {
        "given_name": given_name,
        "asked_for": [call],
        "consent": GUARDIAN_CONSENT,
        "consent_date": GUARDIAN_CONSENT_DATE,
        "missing": request.method == "POST",
    }
    return render(request, "public/guardian_answer.html", context)


def _answered(request: HttpRequest, token: str, call: Call, given_name: str, *, agrees: bool) -> HttpResponse:
    context = _about(call) | {"given_name": given_name, "agrees": agrees}
    try:
        if agrees:
            agree_first(token=token, version=GUARDIAN_CONSENT.version)
        else:
            refuse_first(token=token)
    except LinkNotValid:
        return render(request, "public/guardian_gone.html", status=404)
    except (EmailTaken, AlreadyApplied):
        return render(request, "public/too_young_known.html", context)
    except (CallNotOpen, NoSeatLeft, NotEligible):
        return render(request, "public/too_young_late.html", context)
    return render(request, "public/guardian_thanks.html", context | {"is_new": agrees})


def _page(request: HttpRequest, call: Call, who: WhoForm, form: FirstGuardianForm | None) -> HttpResponse:
    names = [f"{field}{part}" for field in who.fields for part in ("", "_day", "_month", "_year")]
    context = {
        "form": form,
        "typed": [(name, request.POST[name]) for name in names if name in request.POST],
        "years": account_from(call, who.region()),
        "courses": _courses(call),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
    }
    return render(request, "public/too_young.html", _about(call) | context)


def _courses(call: Call) -> list[tuple[str, str]]:
    """The courses of its tracks that anybody may read: code and name, in their order."""
    published = {version.course.code for version in published_courses()}
    modules = Module.objects.filter(track__in=call.tracks_offered, retired_at=None, course__in=published)
    return list(modules.order_by("track__position", "position").values_list("course", "name"))


def _about(call: Call) -> dict[str, object]:
    return {"call": call, "demonstration": call.edition.demonstration}
