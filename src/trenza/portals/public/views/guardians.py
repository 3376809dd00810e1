"""A minor says who looks after her, and that adult answers: her pages, the paper to sign, and the page of the link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trenza.apps.admissions.api import (
    Application,
    WaitsForGuardian,
    WrongState,
    applications_of,
    continue_application,
    country_of,
    own_applications,
    waits_for_guardian,
)
from trenza.apps.people.api import (
    AlreadyGuarded,
    Guardianship,
    LinkNotValid,
    NotNow,
    OwnContact,
    TooManyLinks,
    answer_as_guardian,
    guardianship_of,
    mail_link,
    name_guardian,
    new_guardian_link,
    person_of,
    signed_in_fully,
    waits_for_answer,
)
from trenza.apps.programmes.api import NotOffered
from trenza.core import clock, reference
from trenza.core.access import public, signed_in
from trenza.portals.public.consent import GUARDIAN_CONSENT, GUARDIAN_CONSENT_DATE
from trenza.portals.public.guardian_forms import GuardianForm

STANDING = ("asked", "agreed", "checked")
ASKING = (Application.State.WAITING_GUARDIAN, Application.State.AWARDED)


@signed_in_fully
@never_cache
def guardian(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Who looks after her: a form, or where it stands and what comes next."""
    application = _waiting(request, programme, call)
    if application is None:
        return _to_application(programme, call)
    standing = _standing(application)
    wants_another = request.GET.get("otra") == "1" and standing is not None and standing.state != "checked"
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _name(request, application, form)
    if standing and not wants_another and request.method != "POST":
        return _page(request, "public/guardian_state.html", application, guardianship=standing)
    return _page(request, "public/guardian.html", application, form=form, guardianship=standing)


@signed_in_fully
@require_POST
def again(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Send the link once more."""
    application = _waiting(request, programme, call)
    standing = _standing(application) if application else None
    if application and standing:
        _send(request, standing)
    return HttpResponseRedirect(_address(programme, call))


@signed_in
@require_POST
def go_on(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """She needs no guardian any more, or hers was checked: her application goes on."""
    application = _waiting(request, programme, call)
    if application:
        try:
            continue_application(application=application, by=application.person)
        except WaitsForGuardian:
            return HttpResponseRedirect(_address(programme, call))
        except NotOffered:
            messages.info(
                request, _("This course is not given any more. The team of the programme tells you how to go on.")
            )
        except WrongState:
            pass  # a worker was quicker: her page says where it stands
    return _to_application(programme, call)


@signed_in
@never_cache
@require_safe
def paper(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """One page to show, or to print and sign; without any data of the adult."""
    application = _waiting(request, programme, call)
    return (
        _page(request, "public/guardian_paper.html", application) if application else _to_application(programme, call)
    )


@public
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the adult sees who opens the link: who asks, for what, and two buttons. Nothing is answered by looking."""
    found = waits_for_answer(token)
    if found is None:
        return render(request, "public/guardian_gone.html", status=404)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        agrees = request.POST["answer"] == "yes"
        try:
            answer_as_guardian(token=token, agrees=agrees, version=GUARDIAN_CONSENT.version)
        except LinkNotValid:
            return render(request, "public/guardian_gone.html", status=404)
        return render(request, "public/guardian_thanks.html", {"agrees": agrees, "given_name": found.person.given_name})
    applications = applications_of(found.person).filter(state__in=ASKING)
    context = {
        "given_name": found.person.given_name,
        "applications": list(applications),
        "consent": GUARDIAN_CONSENT,
        "consent_date": GUARDIAN_CONSENT_DATE,
        "missing": request.method == "POST",
        "demonstration": settings.TRENZA_DEMONSTRATION or any(each.call.edition.demonstration for each in applications),
    }
    return render(request, "public/guardian_answer.html", context)


def _waiting(request: HttpRequest, programme: str, call: str) -> Application | None:
    """Her application, if it waits for a guardian, or her place does; None if neither does, or no longer."""
    own = own_applications.which(person_of(request)).filter(call__programme__code=programme, call__code=call)
    found = own.select_related("call__programme", "call__edition", "person", "region").first()
    if found is None:
        raise Http404
    place_waits = found.state == Application.State.AWARDED and waits_for_guardian(
        found.call, found.person, found.region, clock.now()
    )
    return found if found.state == Application.State.WAITING_GUARDIAN or place_waits else None


def _standing(application: Application) -> Guardianship | None:
    """Whom she named, while it stands; one who no longer counts is none."""
    found = guardianship_of(application.person)
    if found is None or found.state not in STANDING:
        return None
    expired = found.state == "checked" and not found.counts_on(clock.now().date())
    return None if expired else found


def _name(request: HttpRequest, application: Application, form: GuardianForm) -> HttpResponse:
    person, call = application.person, application.call
    try:
        guardianship = name_guardian(person=person, by=person, **form.cleaned_data)
    except OwnContact:
        form.add_error("email", _("This is your own address. Write the adult's, or only a phone number."))
        return _page(request, "public/guardian.html", application, form=form)
    except AlreadyGuarded:
        return HttpResponseRedirect(_address(call.programme.code, call.code))
    if guardianship.email:
        _send(request, guardianship)
    return HttpResponseRedirect(_address(call.programme.code, call.code))


def _send(request: HttpRequest, guardianship: Guardianship) -> None:
    try:
        mail_link(new_guardian_link(guardianship=guardianship, by=guardianship.person))
    except TooManyLinks:
        messages.info(request, _("We have sent several messages today. Tomorrow we can send another."))
    except NotNow:
        pass  # answered meanwhile: her page says how
    else:
        messages.success(request, _("We sent the link."), extra_tags="ok")


def _page(request: HttpRequest, template: str, application: Application, **more: object) -> HttpResponse:
    call, person = application.call, application.person
    context = {
        "application": application,
        "call": call,
        "person": person,
        "waits": waits_for_guardian(call, person, application.region, clock.now()),
        "hotlines": reference.hotlines(country_of(call, person, application.region)),
        "consent": GUARDIAN_CONSENT,
        "consent_date": GUARDIAN_CONSENT_DATE,
        "demonstration": settings.TRENZA_DEMONSTRATION or call.edition.demonstration,
    }
    return render(request, template, context | more)


def _address(programme: str, call: str) -> str:
    return reverse("application_guardian", args=[programme, call])


def _to_application(programme: str, call: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("application", args=[programme, call]))
