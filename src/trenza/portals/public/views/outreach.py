"""For who goes to where women are: take down several in a row for a call, print sheets, type them in later."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trenza.apps.admissions.api import (
    Application,
    Brought,
    Call,
    CallNotOpen,
    NoSeatLeft,
    NotEligible,
    Taken,
    TooYoungAlone,
    bring_in_applicant,
    bringable_calls,
)
from trenza.apps.people.api import EmailTaken, Person, person_of, signed_in_fully
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.ids import named_id, new_secret_code
from trenza.portals.public.consent import CONSENT, CONSENT_DATE
from trenza.portals.public.letters import token_of
from trenza.portals.public.outreach_forms import OutreachForm
from trenza.portals.public.views.arriving import ONCE
from trenza.portals.public.views.calls import card_of

State = Application.State
MOST_SHEETS: Final = 50
_TODAY: Final = timedelta(hours=16)


@signed_in_fully
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls for which she may take somebody down today."""
    found = _bringable(person_of(request))
    return render(request, "public/outreach.html", {"cards": [card_of(call) for call in found]})


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """One woman, then the next: the page comes back empty, with the same region chosen."""
    by, found = _one(request, programme, call)
    before = {"region": request.GET["region"]} if request.method != "POST" and request.GET.get("region") else {}
    form = OutreachForm(request.POST if request.method == "POST" else None, call=found, by=by, own_initial=before)
    if form.is_valid() and (done := _take(request, found, by, form)):
        return done
    context = {
        "call": found,
        "card": card_of(found),
        "form": form,
        "groups": list(form.groups()),
        "token": token_of(by),
        "once": request.POST.get(ONCE) or new_secret_code(),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "today": Brought.objects.filter(by=by, call=found, brought_at__gte=clock.now() - _TODAY).count(),
        "demonstration": found.edition.demonstration,
    }
    return render(request, "public/outreach_call.html", context)


@signed_in_fully
@never_cache
@require_safe
def sheets(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The form on paper, as often as she wants, each sheet with a number of its own."""
    by, found = _one(request, programme, call)
    asked = request.GET.get("hojas", "1")
    many = min(max(int(asked), 1), MOST_SHEETS) if asked.isdecimal() and len(asked) < 4 else 1
    form = OutreachForm(None, call=found, by=by)
    context = {
        "call": found,
        "card": card_of(found),
        "numbers": [new_secret_code(6) for _sheet in range(many)],
        "groups": list(form.groups()),
        "consent": CONSENT,
        "consent_date": CONSENT_DATE,
        "most": MOST_SHEETS,
        "many": many,
    }
    return render(request, "public/outreach_sheets.html", context)


def _take(request: HttpRequest, call: Call, by: Person, form: OutreachForm) -> HttpResponse | None:
    """Take her down; None where the page has to say why not."""
    region = form.region()
    try:
        taken = bring_in_applicant(
            key=form.key(named_id(str(call.pk), "page", request.POST.get(ONCE) or new_secret_code())),
            call=call,
            details=form.details(),
            consent=CONSENT,
            region=region,
            answers=form.answers(),
            wishes=form.wishes(),
            by=by,
            paper_on=form.cleaned_data.get("paper_on"),
        )
    except EmailTaken:
        form.add_error("email", _("There is an account with this address already. She comes in with it herself."))
    except NotAllowed:
        form.add_error(None, _("This region is not within your scope. Choose another one."))
    except NotEligible as error:
        form.add_error(None, " ".join(outcome.sentence for outcome in error.outcomes if not outcome.met))
    except TooYoungAlone:
        form.add_error(
            "birth_date" if "birth_date" in form.fields else None,
            _("So young she cannot be taken down alone: an adult who looks after her agrees first. She may learn now."),
        )
    except NoSeatLeft:
        form.add_error(None, _("All places are taken."))
    except CallNotOpen:
        form.add_error(None, _("The call has closed meanwhile. Nothing was kept; write her data on a sheet."))
    else:
        messages.success(request, said(taken))
        address = reverse("outreach_call", args=[call.programme.code, call.code])
        query = f"?{urlencode({'region': region.code})}" if region else ""
        return HttpResponseRedirect(address + query)
    return None


def said(taken: Taken) -> str:
    """What became of it, for who took her down."""
    name = {"name": taken.person.given_name}
    if taken.was_there:
        return _("%(name)s was taken down already; nothing was changed.") % name
    match taken.application.state if taken.application else None:
        case None:
            return _("%(name)s is in, and can start.") % name
        case State.NEEDS_HELP:
            return _("%(name)s is taken down. Something is missing that we help her to get.") % name
        case State.WAITING_GUARDIAN:
            return _("%(name)s is taken down. An adult who looks after her has to agree.") % name
        case State.NOT_ELIGIBLE:
            return _("%(name)s is taken down. This call is not for her; the programme has other ways to join.") % name
        case _other:
            return _("%(name)s is taken down. Her application is in.") % name


def _one(request: HttpRequest, programme: str, call: str) -> tuple[Person, Call]:
    by = person_of(request)
    found = _bringable(by).filter(programme__code=programme, code=call).first()
    if by is None or found is None:
        raise Http404
    return by, found


def _bringable(by: Person | None) -> Any:
    taking = Call.objects.taking_brought_at(clock.now()).values("pk")
    return (
        bringable_calls.which(by).filter(pk__in=taking).select_related("programme", "edition", "form").order_by("name")
    )
