"""Sign in with a code by mail: her address, the code, and on to where she wanted to go.

An address that nobody has gets the same pages as one that somebody has, down to the limits; it only gets no mail.
"""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import account_for, count_code_request, count_code_try
from trenza.core.access import public
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of


class AddressForm(forms.Form):
    """Where the code is to be sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one that you gave when you applied or signed up."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("That is not a whole e-mail address. It has an @ in the middle, like rosa@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )


class CodeForm(ConfirmLoginCodeForm):
    """The code that came by mail; spaces and dashes do no harm."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        help_text=_("Six digits, without letters."),
        error_messages={"required": _("Write the code that came by mail.")},
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
                _("That is not the code. Look at the newest mail, and write its six digits.")
            ) from None
        return code


class Enter(RequestLoginCodeView):
    """Ask for her address and send a code."""

    template_name = "public/sign_in/address.html"

    def get_form_class(self) -> type[forms.Form]:
        return AddressForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not count_code_request(email=email, connection=connection_of(self.request)):
            return too_many(self.request)
        LoginCodeVerificationProcess.initiate(request=self.request, user=account_for(email), email=email)
        return _go_to("account_confirm_login_code", self.request)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """A code on its way does not keep her from correcting her address."""


class EnterCode(ConfirmLoginCodeView):
    """Ask for the code, three times at most; a new one may be sent."""

    template_name = "public/sign_in/code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = count_code_request if self._action == "resend" else count_code_try
        if not count(email=self._process.state["email"], connection=connection_of(request)):
            return too_many(request)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[forms.Form]:
        return forms.Form if self._action == "resend" else CodeForm

    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        self._process.resend()
        if self._process.user is None:
            # allauth makes a code here even for nobody, and would fail on the one guess that meets it.
            self._process.state.pop("code", None)
            self._process.persist()
        messages.info(
            self.request,
            _("If the address is registered, another code is on its way. The earlier one no longer works."),
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
        logout(request)
        return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))
    return render(request, "public/sign_in/leave.html")
