"""Her agreement, where the team brought her data here before she could give it herself."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import give_consent, person_of, signed_in_fully
from trenza.portals.public.consent import CONSENT, CONSENT_DATE, has_agreed
from trenza.portals.public.forms import ConsentForm


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """What we do with her data, and her yes. Without it she loses nothing that she has."""
    person = person_of(request)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if person is None or has_agreed(person):
        return HttpResponseRedirect(resolve_url("learner_home"))
    if form.is_valid():
        give_consent(person=person, text=CONSENT.code, version=CONSENT.version, by=person)
        return HttpResponseRedirect(resolve_url("learner_home"))
    return render(request, "public/agreement.html", {"form": form, "consent": CONSENT, "consent_date": CONSENT_DATE})
