"""Her data: what we call her, what she agreed to, and taking it back."""

import json
from contextlib import suppress

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import (
    Consent,
    NoConsent,
    Person,
    signed_in_fully,
    update_person,
    withdraw_consent,
)
from trenza.apps.programmes.api import enrolments_of
from trenza.core import clock
from trenza.core.privacy import export_of
from trenza.portals.field.language import keep_language
from trenza.portals.learner.certificates import certificates_of
from trenza.portals.learner.forms import DataForm
from trenza.portals.learner.herself import demonstration_of, herself
from trenza.portals.learner.words import CONSENTS


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """Her names and language to correct, her consents, and the way to rest from each programme or leave it."""
    person = herself(request)
    if request.method != "POST":
        return _page(request, person, DataForm(initial=_kept(person)))
    form = DataForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    update_person(person=person, by=person, **form.cleaned_data)
    response = HttpResponseRedirect(reverse("learner_data"))
    keep_language(response, person.language)
    with translation.override(person.language):
        messages.success(request, _("Your data are saved."), extra_tags="ok")
    return response


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, text: str) -> HttpResponse:
    """Ask once more, then take her consent to a text back; afterwards the same page says that it is so."""
    person = herself(request)
    consents = list(Consent.objects.filter(person=person, text=text).order_by("-given_at"))
    if not consents:
        raise Http404
    if request.method == "POST":
        with suppress(NoConsent):  # she took it back before: the page says so
            withdraw_consent(person=person, text=text, by=person)
        return HttpResponseRedirect(reverse("consent_withdraw", args=[text]))
    stands = any(each.withdrawn_at is None for each in consents)
    context = {"consent": consents[0], "name": CONSENTS.get(text, text), "stands": stands}
    context["has_certificates"] = bool(certificates_of(person))
    return render(request, "learner/consent.html", context)


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD"])
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about her, as a file for her."""
    kept = export_of(herself(request).pk)
    text = json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    disposition = 'attachment; filename="datos.json"'  # a neutral name: others may see her downloads
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": disposition})


def _kept(person: Person) -> dict[str, str]:
    return {name: getattr(person, name) for name in ("given_name", "family_name", "certificate_name", "language")}


def _page(request: HttpRequest, person: Person, form: DataForm) -> HttpResponse:
    enrolments = list(enrolments_of(person))
    today = clock.now().date()
    context = {
        "form": form,
        "email": getattr(request.user, "email", None),
        "consents": [(each, CONSENTS.get(each.text, each.text)) for each in _consents(person)],
        "enrolments": [(each, each.state_on(today)) for each in enrolments],
        "has_certificates": bool(certificates_of(person)),
    }
    return render(request, "learner/data.html", context | demonstration_of(each.edition for each in enrolments))


def _consents(person: Person) -> list[Consent]:
    """The newest of each text and version, those that stand in front."""
    newest: dict[tuple[str, int], Consent] = {}
    for consent in Consent.objects.filter(person=person).order_by("given_at"):
        newest[consent.text, consent.version] = consent
    return sorted(newest.values(), key=lambda each: (each.withdrawn_at is not None, -each.given_at.timestamp()))
