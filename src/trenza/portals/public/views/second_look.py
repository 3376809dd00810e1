"""She asks the team to look at her application again, and reads the answer."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from trenza.apps.admissions.api import (
    AppealNotOpen,
    Application,
    appeal_until,
    make_appeal,
)
from trenza.core import clock
from trenza.core.access import signed_in
from trenza.portals.public.views.own import own_application, to_application

LONGEST = 1_000


class SecondLookForm(forms.Form):
    """What the team should know."""

    text = forms.CharField(
        label=_("Why should we look again?"),
        help_text=_("In your own words. For example: your age is written wrong, or you have the document now."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write in a sentence what we should look at.")},
    )


def second_look_of(application: Application) -> dict[str, Any]:
    """What her page says of second looks: the newest one, and until when she may ask."""
    newest = application.appeals.order_by("-made_at", "-id").first()
    is_open = newest is not None and newest.answered_at is None
    until = None if is_open else appeal_until(application)
    may = until is not None and clock.now() <= until
    return {
        "appeal": newest,
        "appeal_until": localtime(until, application.call.zone).date() if until and may else None,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask for a second look; where she may not (any more) her page says how it stands."""
    found = own_application(request, programme, call)
    about = second_look_of(found)
    if about["appeal_until"] is None:
        return to_application(found.call)
    form = SecondLookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with suppress(AppealNotOpen):  # asked twice, or too late by now: her page says so
            make_appeal(application=found, text=form.cleaned_data["text"], by=found.person)
        return to_application(found.call)
    context = {
        "call": found.call,
        "form": form,
        "unmet": found.outcomes.filter(met=False),
        "until": about["appeal_until"],
        "demonstration": found.call.edition.demonstration,
    }
    return render(request, "public/second_look.html", context)
