"""What allauth asks after the code: who of those that share a number she is. The page is portals/public/who.py."""

from typing import Any

# allauth's modules import each other; the flows come first.
import allauth.account.internal.flows  # noqa: F401  # isort: skip
from allauth.account.internal.stagekit import stash_login
from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from trenza.apps.people.devices import has_pin
from trenza.apps.people.models import Account
from trenza.apps.people.queries import accounts_with_phone, was_used_lately


class WhoStage(LoginStage):
    """After a code by SMS. A number may be a family's, and numbers are given to others: the code alone opens only an
    account that is the number's only one, that has no PIN, and that was used in the last six months.

    After a code by mail there is nothing to ask.
    """

    key = "who"
    urlname = "sign_in_who"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page that asks, or no answer where nothing is to be asked."""
        if self.login.email:
            return None, True
        accounts = self.accounts()
        if not accounts:
            return HttpResponseRedirect(reverse("account_login")), False
        if len(accounts) == 1 and was_used_lately(accounts[0]) and not has_pin(accounts[0].person):
            return None, True
        return HttpResponseRedirect(reverse("sign_in_who")), True

    def keep(self) -> None:
        """Write down what `state` holds: it lasts as long as allauth keeps the login, a quarter of an hour."""
        stash_login(self.request, self.login)

    def finish(self) -> HttpResponse:
        """She is known now: sign her in."""
        ended: Any = super()
        response: HttpResponse = ended.exit()
        return response

    def accounts(self) -> list[Account]:
        """The accounts of the number that got the code, in a fixed order."""
        started: Any = self.login.user
        return accounts_with_phone(started.phone) if started else []
