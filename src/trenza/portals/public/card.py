"""Sign in with a printed card: its secret, typed or read by a phone, then her PIN.

A code that a phone reads leads to /entrar/tarjeta/#SECRET. What stands behind the # is sent to no server: card.js puts
it into the form and takes it out of the address bar and the history.
"""

import time
from typing import Any, Final
from uuid import UUID

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import (
    Card,
    card_for,
    claimable_card,
    count_card_guess,
    keeps_a_pin,
    open_card_session,
    say_shared,
    working_card,
)
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public.claim import begin_claim
from trenza.portals.public.pin_gate import Gate
from trenza.portals.public.sign_in_forms import CardForm, starts_shared

_SHOWN: Final = "card_shown"
_LASTS: Final = 600
"""Seconds between the card and the PIN; another woman may hold the phone then."""


@public
@never_cache
@sensitive_post_parameters("card")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Ask for the card. One that no longer works is like one that never was; nothing says whose it is."""
    form = CardForm(request.POST if request.method == "POST" else None, initial={"shared": starts_shared(request)})
    if form.is_valid():
        response = _shown(request, form.cleaned_data["card"])
        if response is not None:
            say_shared(response, shared=form.cleaned_data["shared"])
            return response
        if not count_card_guess(connection=connection_of(request)):
            return too_many(request)
        form.add_error(
            "card", _("No card has this code. Look at each letter again, or ask your trainer for a new card.")
        )
    context = {"form": form, "next_name": REDIRECT_FIELD_NAME, "next": get_next_redirect_url(request)}
    context |= {"codes": not settings.IS_HUB, "locked": keeps_a_pin(request)}
    return render(request, "public/sign_in/card.html", context)


def _shown(request: HttpRequest, typed: str) -> HttpResponse | None:
    """Where a card that works leads, or one that was handed out and is nobody's yet."""
    goes_to = get_next_redirect_url(request)
    found = card_for(typed)
    if found:
        request.session[_SHOWN] = {"card": str(found.pk), "at": time.time(), "next": goes_to}
        return redirect("sign_in_card_pin")
    handed_out = claimable_card(typed)
    return begin_claim(request, handed_out, goes_to) if handed_out else None


@public
@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN of whoever the card is for; afterwards she is signed in, as a learner."""
    shown: dict[str, Any] = request.session.get(_SHOWN, {})
    found = _card(shown)
    if found is None:
        request.session.pop(_SHOWN, None)
        return redirect("sign_in_card")

    def keep() -> None:
        request.session[_SHOWN] = shown

    gate = Gate(request=request, person=found.person, memory=shown, keep=keep, template="public/sign_in/pin.html")
    stopped = gate.stops(card=True)
    if stopped is not None:
        return stopped
    leads_to = shown.get("next") or resolve_url(settings.LOGIN_REDIRECT_URL)
    if not open_card_session(request, card=found):
        return redirect("sign_in_card")
    return HttpResponseRedirect(leads_to)


def _card(shown: dict[str, Any]) -> Card | None:
    if not 0 <= time.time() - shown.get("at", 0) <= _LASTS:
        return None
    return working_card(UUID(shown["card"]))
