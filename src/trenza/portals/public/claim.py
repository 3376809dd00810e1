"""Claim one's record with a card that was handed out before anybody knew for whom: her name, as she said it at the
door, and a PIN that she chooses. It is done once; from then on the card is hers, and opens with that PIN."""

import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import (
    BlankCard,
    ComesInAlready,
    NotClaimable,
    TooManyClaims,
    WeakPin,
    WrongName,
    claim_blank_card,
    claimable,
    open_card_session,
)
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public.sign_in_forms import WEAK_PIN, ClaimForm

_CLAIMED: Final = "card_to_claim"
_LASTS: Final = 600
"""Seconds between the card and her name; another woman may hold the phone then."""


def begin_claim(request: HttpRequest, card: BlankCard, leads_to: str | None) -> HttpResponse:
    """Remember which card was shown, and ask whose it is."""
    request.session[_CLAIMED] = {"card": str(card.pk), "at": time.time(), "next": leads_to}
    return redirect("claim_card")


@public
@never_cache
@sensitive_post_parameters("name", "pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Ask who she is and for her PIN; afterwards she is signed in, as a learner. Nothing says whose the card is."""
    shown = request.session.get(_CLAIMED, {})
    card = claimable(UUID(shown["card"])) if 0 <= time.time() - shown.get("at", 0) <= _LASTS else None
    if card is None:
        request.session.pop(_CLAIMED, None)
        return redirect("sign_in_card")
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = claim_blank_card(
                card=card, name=data["name"], pin=data["pin"].strip(), connection=connection_of(request)
            )
        except TooManyClaims:
            return too_many(request)
        except WrongName:
            form.add_error(
                "name", _("The card was not given to somebody of this name. Write it as you said it to your trainer.")
            )
        except WeakPin as error:
            form.add_error("pin", WEAK_PIN[error.why])
        except NotClaimable:
            return redirect("sign_in_card")
        except ComesInAlready:
            form.add_error(None, _("You have another way to come in already. Come in as always, or ask your trainer."))
        else:
            leads_to = shown.get("next") or resolve_url(settings.LOGIN_REDIRECT_URL)
            open_card_session(request, card=made)
            return HttpResponseRedirect(leads_to)
    return render(request, "public/sign_in/claim.html", {"form": form})
