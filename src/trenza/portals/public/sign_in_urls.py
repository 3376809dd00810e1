"""Addresses of sign-in. allauth looks them up by these names; none of its other pages has an address."""

from django.urls import path

from trenza.core.access import public
from trenza.portals.public import card, claim, sign_in, who
from trenza.portals.public.views import agreement

_enter = public(sign_in.Enter.as_view())

urlpatterns = [
    path("entrar/", _enter, name="account_login"),
    path("entrar/", _enter, name="account_request_login_code"),
    path("entrar/codigo/", public(sign_in.EnterCode.as_view()), name="account_confirm_login_code"),
    path("entrar/quien/", who.who, name="sign_in_who"),
    path("entrar/tarjeta/", card.card, name="sign_in_card"),
    path("entrar/tarjeta/pin/", card.pin, name="sign_in_card_pin"),
    path("entrar/tarjeta/mia/", claim.claim, name="claim_card"),
    path("entrar/acuerdo/", agreement.agree, name="agreement"),
    path("salir/", sign_in.leave, name="account_logout"),
]
