"""How allauth behaves here: it sends our mails and texts, shows no messages of its own, leaves no trail of its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import clear_authentication_records
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from trenza.apps.people.access import person_of
from trenza.apps.people.code_sessions import note_code
from trenza.apps.people.outbox import send_code, text_code, text_nobody
from trenza.apps.people.roles import Permission
from trenza.apps.people.scopes import scopes_with


class Adapter(DefaultAccountAdapter):
    """allauth's hooks. Accounts are made by `register_person`, so sign-up stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send codes; allauth's other mails (to unknown addresses, about sign-up) are not sent."""
        if template_prefix == "account/email/login_code":
            send_code(to=email, code=context["code"])

    def generate_phone_verification_code(self, **kwargs: Any) -> str:
        """Six digits, as by mail."""
        code: str = self.generate_login_code()
        return code

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        """Send a code to a number that somebody has."""
        text_code(to=phone, code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """A number that nobody has gets none: it would cost money, and trouble a stranger."""
        text_nobody()

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Nothing is kept: only numbers that the team or she herself wrote down get a code."""

    def get_login_stages(self) -> list[str]:
        """After the code, who of those that share a number she is, and her PIN."""
        return [*super().get_login_stages(), "trenza.apps.people.stages.WhoStage"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's messages name the address or the account; pages say what is needed themselves."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """An account that was closed between the code and its use is like an unknown one."""
        return HttpResponseRedirect(reverse("account_login"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who works in the office begins there (a hub has none), everybody else on her own page."""
        works = scopes_with(person_of(request), Permission.OFFICE_ENTER)
        there = works and apps.is_installed("trenza.portals.office")
        return str(settings.OFFICE_REDIRECT_URL if there else settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Forget the address that allauth notes in the session for asking again, which we do not do."""
        clear_authentication_records(request)
        note_code(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response
