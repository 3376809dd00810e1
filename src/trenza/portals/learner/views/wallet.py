"""Her certificates: to show, to share, and to choose what others see of them."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trenza.apps.admissions.api import open_calls
from trenza.apps.credentials.api import (
    MOST_BY_HERSELF,
    Credential,
    HoldsNoMore,
    NameOfAnother,
    NothingToCorrect,
    TooManyCorrections,
    choice_of,
    close_public_page,
    correct_name,
    corrections_left,
    disclose,
    hers_to_show,
    keeps_her_name,
    offline_text_of,
    open_public_page,
    page_url,
    public_name_of,
    public_page_of,
    verification_url,
)
from trenza.apps.people.api import Person, signed_in_fully
from trenza.core.access import signed_in
from trenza.portals.field.squares import drawn
from trenza.portals.learner.certificate_forms import DisclosureForm, NameForm
from trenza.portals.learner.herself import demonstration_of, herself
from trenza.portals.learner.sharing import sharing_of

SHOWN: Final = ("link", "offline")


@signed_in
@never_cache
@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """All of hers, the newest first, each with its state; below them those that others took the place of."""
    person = herself(request)
    hers = list(hers_to_show(person))
    page = public_page_of(person)
    context = {
        "certificates": [_card(each) for each in hers if each.superseded_at is None],
        "superseded": [each for each in hers if each.superseded_at is not None],
        "page_url": page_url(page) if page else "",
        "listed": any(choice_of(each).listed and each.is_valid for each in hers),
    }
    return render(request, "learner/wallet.html", context | _demonstration(hers))


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, credential: UUID) -> HttpResponse:
    """One that holds: sharing it, its files, and what others see of it."""
    found = _hers(request, credential)
    if not found.is_valid:
        return redirect("learner_certificates")
    form = DisclosureForm(request.POST if request.method == "POST" else None, chosen=choice_of(found))
    if request.method == "POST" and form.is_valid():
        with suppress(HoldsNoMore):  # it ended in this moment: the list says so
            _choose(found, form.cleaned_data, herself(request))
        messages.success(request, _("It is saved. What others see follows within a minute."), extra_tags="ok")
        return redirect("learner_certificate", found.pk)
    context = {
        **_card(found),
        "form": form,
        "public_name": public_name_of(found),
        "sharing": sharing_of(found),
        "calls": [each for each in open_calls(found.template.programme) if each.code in found.template.calls],
    }
    return render(request, "learner/wallet_one.html", context | _demonstration([found]))


@signed_in
@never_cache
@require_safe
def square(request: HttpRequest, credential: UUID, what: str) -> HttpResponse:
    """What a stranger's phone reads from her screen: the address of its page, or what is checked without a signal."""
    found = _hers(request, credential)
    text = verification_url(found.code) if what == "link" else offline_text_of(found)
    if what not in SHOWN or not found.is_valid or not text:
        raise Http404
    return HttpResponse(drawn(text), content_type="image/svg+xml", headers={"X-Robots-Tag": "noindex"})


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """She writes how her name should be, reads what follows from it, and says yes."""
    person = herself(request)
    hers = [each for each in hers_to_show(person) if each.is_valid and each.name]
    left = corrections_left(person)
    form = NameForm(request.POST or None, initial={"name": person.name_on_certificate})
    context: dict[str, Any] = {"form": form, "left": left, "most": MOST_BY_HERSELF, "holding": len(hers)}
    if request.method == "POST" and form.is_valid() and left:
        wanted = form.cleaned_data["name"]
        wrong = [each for each in hers if each.name != wanted]
        if not keeps_her_name(wrong, wanted):
            form.add_error(
                "name",
                _(
                    "None of your names is left in this. Here you correct accents, letters and their order,"
                    " and you add or leave out a name. If your name is another one now, the team of your programme"
                    " corrects it for you: talk to them, or ask at your centre."
                ),
            )
        elif "confirmed" in request.POST or not wrong:
            return _corrected(request, person, wanted)
        else:
            context |= {"wanted": wanted, "wrong": wrong}
    return render(request, "learner/wallet_name.html", context | _demonstration(hers))


@signed_in_fully
@never_cache
@require_POST
def page(request: HttpRequest) -> HttpResponse:
    """Opens her public page under a new address, or closes it. A second tap does no harm."""
    person = herself(request)
    if "open" in request.POST:
        open_public_page(person=person, by=person)
    else:
        close_public_page(person=person, by=person)
    return redirect("learner_certificates")


def _hers(request: HttpRequest, credential: UUID) -> Credential:
    found = hers_to_show(herself(request)).filter(pk=credential).first()
    if found is None:
        raise Http404
    return found


def _card(credential: Credential) -> dict[str, Any]:
    return {
        "credential": credential,
        "state": credential.state,
        "offline": bool(offline_text_of(credential)),
        "successor": getattr(credential, "superseded_by", None),
    }


def _choose(credential: Credential, wanted: dict[str, Any], by: Person) -> None:
    fields = ("name", "identity", "evidence", "evidence_shown", "listed")
    disclose(credential=credential, by=by, **{field: wanted[field] for field in fields})


def _corrected(request: HttpRequest, person: Person, wanted: str) -> HttpResponse:
    try:
        correct_name(person=person, name=wanted, by=person)
    except NothingToCorrect:
        messages.info(request, _("Your certificates bear this name already."), extra_tags="note")
    except (TooManyCorrections, NameOfAnother):
        return redirect("certificates_name")
    else:
        said = _("Your certificates are issued anew with your name. Download them again: the old papers are replaced.")
        messages.success(request, said, extra_tags="ok")
    return redirect("learner_certificates")


def _demonstration(credentials: Sequence[Credential]) -> dict[str, Any]:
    return demonstration_of(each.enrolment.edition for each in credentials)
