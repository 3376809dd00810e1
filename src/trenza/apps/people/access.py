"""Who asks, and which permission an address demands."""

from collections.abc import Callable
from typing import ParamSpec

from django.http import HttpRequest

from trenza.apps.people.card_sessions import in_card_session
from trenza.apps.people.models import Account, Person
from trenza.apps.people.roles import Permission
from trenza.apps.people.scopes import scopes_with
from trenza.core.access import Access, SignInFully, View, declared

P = ParamSpec("P")


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in, if somebody is."""
    return request.user.person if isinstance(request.user, Account) else None


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Guard a view: the person signed in holds `permission` in some scope, and came in with more than a card (else she
    is told so). Which rows, rules and `reach_of` say."""

    def passes(request: HttpRequest) -> bool:
        held = bool(scopes_with(person_of(request), permission))
        if held and in_card_session(request):
            raise SignInFully
        return held

    return declared(Access(permission.value, passes))
