"""Sessions that prove less than a code does: a card's opens a learner's pages and no more, until the card is taken
back; that of a phone, which its PIN opened, everything but the office."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from trenza.apps.people.actions.card import note_card_used
from trenza.apps.people.cards import working_card
from trenza.apps.people.models import Account, Card
from trenza.apps.people.queries import account_of
from trenza.core.access import Access, SignInFully, declared

CARD: Final = "card"
"""The key of such a session: the id of its card, or LIMITED."""
LIMITED: Final = "as with a card"
PHONE: Final = "opened by a phone"
"""The key that says that a profile's token opened this session."""
LASTS: Final = 12 * 3_600
_BACKEND: Final = "trenza.apps.people.backends.RoleBackend"


def open_card_session(request: HttpRequest, *, card: Card) -> bool:
    """Sign in whose card it is, for half a day at most. Her PIN was checked. False where no account of hers is open."""
    account = account_of(card.person)
    if account is None:
        return False
    request.session.flush()
    login(request, account, backend=_BACKEND)
    request.session[CARD] = str(card.pk)
    request.session.set_expiry(LASTS)
    note_card_used(card=card)
    return True


def limit_as_with_card(request: HttpRequest) -> None:
    """Let this session open no more than a card does: its profile was made by who had come in with one."""
    request.session[CARD] = LIMITED


def limit_to_phone(request: HttpRequest) -> None:
    """Let this session not open the office: four digits and a phone that others hold too are little for other people's
    data."""
    request.session[PHONE] = True


def in_card_session(request: HttpRequest) -> bool:
    """Whether who asks came in with a card."""
    return bool(getattr(request.user, "in_card_session", False))


def in_limited_session(request: HttpRequest) -> bool:
    """Whether who asks came in with a card, or with a phone's PIN."""
    return in_card_session(request) or bool(getattr(request.user, "in_phone_session", False))


def _fully(request: HttpRequest) -> bool:
    if in_card_session(request):
        raise SignInFully
    return True


signed_in_fully = declared(Access("signed in, and not with a card alone", _fully))


class CardSessions:
    """Ends the session of a card that no longer works, and says of the others that they are a card's.

    Only where somebody asks who is signed in: other pages ask the database nothing more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.user = SimpleLazyObject(lambda: _as_the_card_allows(request, user))  # type: ignore[assignment]
        return self.get_response(request)


def _as_the_card_allows(request: HttpRequest, user: Account | AnonymousUser) -> Account | AnonymousUser:
    if not isinstance(user, Account):
        return user
    user.in_phone_session = PHONE in request.session
    if CARD not in request.session:
        return user
    card = str(request.session[CARD])
    if card != LIMITED and working_card(UUID(card), person=user.person_id) is None:
        request.session.flush()
        return AnonymousUser()
    # A hub sends no codes: there a card and a PIN are all that anybody has, and there is no office to look after.
    user.in_card_session = not settings.IS_HUB
    return user
