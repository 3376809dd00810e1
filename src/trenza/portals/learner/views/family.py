"""Her family: the code with which a relative joins it, who is in it, and leaving it."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.forms.api import written
from trenza.apps.people.api import (
    HouseholdUnknown,
    household_of,
    leave_household,
    members_of,
    open_household,
    renew_household_code,
    signed_in_fully,
)
from trenza.apps.programmes.api import enrolments_of
from trenza.portals.learner.herself import demonstration_of, herself


@signed_in_fully
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest) -> HttpResponse:
    """What she sees of it, and what she may do: open it, ask for another code, leave it."""
    person = herself(request)
    if request.method == "POST":
        match request.POST.get("act"):
            case "open":
                open_household(person=person, by=person)
            case "renew":
                with suppress(HouseholdUnknown):  # left in another window: the page says so
                    renew_household_code(person=person, by=person)
            case "leave":
                leave_household(person=person, by=person)
                messages.success(request, _("You left it. What you applied for stays yours."), extra_tags="ok")
        return HttpResponseRedirect(reverse("learner_family"))
    household = household_of(person)
    context = {
        "person": person,
        "code": written(household.code) if household else "",
        "relatives": [each.person.given_name for each in members_of(household) if each.person_id != person.pk]
        if household
        else [],
        **demonstration_of(each.edition for each in enrolments_of(person)),
    }
    return render(request, "learner/family.html", context)
