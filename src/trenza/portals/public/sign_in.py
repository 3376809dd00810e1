"""Sign in with a code by mail or SMS: her address or number, the code, and on to where she wanted to go.

What nobody has gets the same pages as what somebody has, down to the limits; it only gets no code.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import (
    account_for,
    accounts_with_phone,
    count_code_request,
    count_code_try,
    is_shared,
    keeps_a_pin,
    say_shared,
)
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public.sign_in_forms import AddressForm, starts_shared


class CodeForm(ConfirmLoginCodeForm):
    """The code that came; spaces and dashes do no harm."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        help_text=_("Six digits, without letters."),
        error_messages={"required": _("Write the code that came to you.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 10}
        ),
    )

    def clean_code(self) -> str:
        """Compare, and say in our words what to do when it differs."""
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            raise forms.ValidationError(
                _("That is not the code. Look at the newest message, and write its six digits.")
            ) from None
        return code


class Enter(RequestLoginCodeView):
    """Ask for her address or number and send a code."""

    template_name = "public/sign_in/address.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A hub sends no codes: there one comes in with a card."""
        if settings.IS_HUB:
            return _go_to("sign_in_card", request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[forms.Form]:
        return AddressForm

    def get_initial(self) -> dict[str, Any]:
        return {"shared": starts_shared(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "locked": keeps_a_pin(self.request)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        email, phone = form.cleaned_data["email"], form.cleaned_data["phone"]
        if not count_code_request(address=phone or email, connection=connection_of(self.request)):
            return too_many(self.request)
        if phone:
            # Whoever of those that share the number; who she is, she says after the code (who.py).
            user = next(iter(accounts_with_phone(phone)), None)
            LoginCodeVerificationProcess.initiate(request=self.request, user=user, phone=phone)
        else:
            LoginCodeVerificationProcess.initiate(request=self.request, user=account_for(email), email=email)
        response = _go_to("account_confirm_login_code", self.request)
        say_shared(response, shared=form.cleaned_data["shared"])
        return response

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """A code on its way does not keep her from correcting her address."""


class EnterCode(ConfirmLoginCodeView):
    """Ask for the code, three times at most; a new one may be sent."""

    template_name = "public/sign_in/code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = count_code_request if self._action == "resend" else count_code_try
        state = self._process.state
        if not count(address=state.get("phone") or state["email"], connection=connection_of(request)):
            return too_many(request)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "phone": self._process.state.get("phone")}

    def get_form_class(self) -> type[forms.Form]:
        return forms.Form if self._action == "resend" else CodeForm

    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        if self._process.user is None:
            # allauth makes a code here even for nobody, and would fail on the one guess that meets it.
            if "phone" in self._process.state:
                get_adapter().send_unknown_account_sms(self._process.state["phone"])
            self._process.record_resend()
            self._process.persist()
        else:
            self._process.resend()
        messages.info(
            self.request,
            _("If we know it, another code is on its way. The earlier one no longer works."),
        )
        return _go_to("account_confirm_login_code", self.request)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(
            self.request,
            _("The code was wrong three times, so it no longer works. Ask for another one."),
            extra_tags="no",
        )
        return _go_to("account_login", self.request)


def _go_to(name: str, request: HttpRequest) -> HttpResponse:
    """Redirect, and keep where she wanted to go (on this site only)."""
    return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME))


@public
def leave(request: HttpRequest) -> HttpResponse:
    """End her session on this phone. A link shows the button; only the button acts."""
    if request.method == "POST":
        shared = is_shared(request)
        logout(request)
        response = HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))
        if shared:
            response.headers["Clear-Site-Data"] = _left_behind(request)
        return response
    return render(request, "public/sign_in/leave.html")


def _left_behind(request: HttpRequest) -> str:
    """What a browser is to clear on a shared computer. What somebody did there before it was one, and has not been sent
    yet, is not thrown away."""
    return '"cache"' if request.COOKIES.get("pending", "0") != "0" else '"cache", "storage"'
