"""Take in what another phone could not send: files, or photos of codes. With scripts the phone itself does it."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import Person, count_taking_in, person_of
from trenza.apps.sync import api as sync
from trenza.core.access import signed_in
from trenza.core.errors import NotAllowed
from trenza.portals.field.errors import too_many
from trenza.portals.trainer.forms import TakeInForm
from trenza.portals.trainer.reading import Uploaded, read_uploads


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in may bring what others did: records prove by themselves whose they are."""
    form = TakeInForm(request.POST, request.FILES) if request.method == "POST" else TakeInForm()
    outcome = None
    if form.is_bound and form.is_valid():
        carrier = person_of(request)
        if carrier is None:
            raise NotAllowed
        if not count_taking_in(person=str(carrier.pk)):
            return too_many(request)
        outcome = _outcome(read_uploads(form.cleaned_data["uploads"]), carrier)
        form = TakeInForm()
    response = render(request, "trainer/take_in.html", {"form": form, "outcome": outcome})
    response.headers["Permissions-Policy"] = "camera=(self),geolocation=(),microphone=(),payment=(),usb=()"
    return response


def _outcome(uploaded: Uploaded, carrier: Person) -> dict[str, Any]:
    """How many entries came, by what became of them. Each file is a request of its own, within the same limits."""
    counts: Counter[str] = Counter()
    for each in uploaded.sealed:
        for record in sync.receive([each], carrier=carrier.pk):
            counts[record.status] += 1
    return {
        "taken": counts["accepted"],
        "known": counts["duplicate"],
        "held": counts["held"],
        "refused": counts["refused"],
        "unreadable": uploaded.unreadable,
        "missing": uploaded.missing,
    }
