"""Her own application to a call: what every page of it begins with."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from trenza.apps.admissions.api import Application, Call, own_applications
from trenza.apps.people.api import person_of


def own_application(request: HttpRequest, programme: str, call: str) -> Application:
    """Her application with what its pages show of it; anybody else's is not there."""
    own = own_applications.which(person_of(request)).filter(call__programme__code=programme, call__code=call)
    found = own.select_related(
        "call__programme", "call__edition", "call__form", "response__form", "person", "region", "award__track"
    ).first()
    if found is None:
        raise Http404
    return found


def to_application(call: Call) -> HttpResponse:
    """Back to where she sees how it stands."""
    return HttpResponseRedirect(reverse("application", args=[call.programme.code, call.code]))
