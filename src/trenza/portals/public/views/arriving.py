"""What applying and signing up have in common: who comes, how often, and a place to come back to after signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from trenza.apps.admissions.api import Call
from trenza.apps.people.api import Account, Person, count_arrival
from trenza.core.journal import written_at_once
from trenza.portals.field.origin import connection_of
from trenza.portals.public import kept

ONCE = "once"


def too_often(request: HttpRequest) -> bool:
    """Count a post that would register or apply; True when this browser or connection has sent too many. A browser is
    known by the cookie with which its forms are guarded: who only looks in has no session."""
    browser = request.session.session_key or request.META.get("CSRF_COOKIE", "")
    return not count_arrival(browser=browser, connection=connection_of(request))


def sign_in_new(request: HttpRequest, call: Call, person: Person) -> None:
    """Sign in, in this browser, the person whom its own post has just registered; leave a receipt for a second click.

    Never call it for somebody who was there before: she shows by a code that the address is hers.
    """
    account = _account(person)
    with written_at_once():
        kept.leave_receipt(request.POST.get(ONCE, ""), call, person.pk)
        if account is not None:
            login(request, account)
        request.session.save()


def clicked_twice(request: HttpRequest, call: Call) -> Person | None:
    """The person whom an earlier post of this very page registered; she is signed in then."""
    found = kept.receipt(request.POST.get(ONCE, ""), call)
    person = Person.objects.filter(pk=found).first() if found else None
    account = _account(person) if person else None
    if account is None:
        return None
    login(request, account)
    return person


def ask_for_code(request: HttpRequest, call: Call, back: str, typed: QueryDict | None) -> HttpResponse:
    """Keep what she typed, and let her sign in first: the address has an account, and typing it proves nothing."""
    if typed is not None:
        kept.keep(request, call, typed)
    messages.info(
        request,
        _("To look after your data, come in first with a code that we send to your address. What you wrote is kept."),
    )
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def _account(person: Person) -> Account | None:
    account = Account.objects.filter(person=person).order_by("created_at").first()
    if account is not None:
        account.person = person
    return account
