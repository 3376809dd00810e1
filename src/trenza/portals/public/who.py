"""After the code to a number: her name among those that share it, and her PIN.

Given names are said only here, to who holds the phone and read the code.
"""

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.people.api import Account, WhoStage, was_used_lately
from trenza.core.access import public
from trenza.portals.public.pin_gate import Gate
from trenza.portals.public.sign_in_forms import WhoForm, told_apart

_CHOSEN = "account"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=WhoStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def who(request: HttpRequest) -> HttpResponse:
    """Ask who she is where several share the number, then her PIN; afterwards she is signed in."""
    stage: WhoStage = request._login_stage  # type: ignore[attr-defined]  # allauth puts it there
    accounts = stage.accounts()
    if not accounts:
        return redirect("account_login")
    if request.method == "POST" and request.POST.get("action") == "back":
        stage.state.clear()
        stage.keep()
        return redirect("sign_in_who")
    account = _chosen(stage, accounts)
    if account is None:
        return _ask(request, stage, accounts)
    return _enter(request, stage, accounts, account)


def _chosen(stage: WhoStage, accounts: list[Account]) -> Account | None:
    if len(accounts) == 1:
        return accounts[0]
    return next((each for each in accounts if str(each.pk) == stage.state.get(_CHOSEN)), None)


def _ask(request: HttpRequest, stage: WhoStage, accounts: list[Account]) -> HttpResponse:
    form = WhoForm(request.POST if request.method == "POST" else None, accounts=accounts)
    if form.is_valid():
        stage.state.clear()
        stage.state[_CHOSEN] = form.cleaned_data["account"]
        stage.keep()
        return redirect("sign_in_who")
    return render(request, "public/sign_in/who.html", {"form": form})


def _enter(request: HttpRequest, stage: WhoStage, accounts: list[Account], account: Account) -> HttpResponse:
    names = dict(zip((each.pk for each in accounts), told_apart(accounts), strict=True))
    gate = Gate(
        request=request,
        person=account.person,
        memory=stage.state,
        keep=stage.keep,
        template="public/sign_in/pin.html",
        may_choose=was_used_lately(account),
    )
    stopped = gate.stops(name=names[account.pk], several=len(accounts) > 1)
    if stopped is not None:
        return stopped
    stage.login.user = account
    return stage.finish()
