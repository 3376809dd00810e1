"""Cards as they are printed: a code to read and to type, a given name to hand them out by, nothing else about her.

Eight go on an A4 sheet. The page is shown once: the secrets are kept nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from trenza.apps.people.api import NewCard, Person, grouped_secret, make_cards
from trenza.core.errors import DomainError
from trenza.portals.office.words import Words, refusal

TO_A_SHEET = 8


@dataclass(frozen=True)
class Printed:
    """One card."""

    name: str
    code: str
    square: SafeString
    expires_on: Any


@dataclass(frozen=True)
class NotMade:
    """Who got none, and why."""

    name: str
    why: Words


def printed(name: str, new: NewCard) -> Printed:
    """What stands on a card. The square leads to our page, the secret behind the # reaches no server's log."""
    address = f"{settings.PUBLIC_URL}{reverse('sign_in_card')}#{new.secret}"
    square = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    return Printed(name, grouped_secret(new.secret), mark_safe(square), new.card.expires_on)


def sheets(request: HttpRequest, made: Sequence[tuple[Person, NewCard]], **context: Any) -> HttpResponse:
    """The page to print."""
    cards = [printed(person.given_name, new) for person, new in made]
    return render(
        request,
        "office/cards.html",
        {
            "sheets": [cards[start : start + TO_A_SHEET] for start in range(0, len(cards), TO_A_SHEET)],
            "host": urlsplit(settings.PUBLIC_URL).netloc,
            "path": reverse("sign_in_card"),
            "not_made": [],
            **context,
        },
    )


def for_rows(request: HttpRequest, rows: Sequence[Any], viewer: Person) -> HttpResponse:
    """A card for whoever each row is about, once each."""
    persons = {row.person_id: row.person for row in rows}
    made: Mapping[UUID, NewCard | DomainError] = make_cards(persons=persons.values(), by=viewer)
    return sheets(
        request,
        [(persons[key], new) for key, new in made.items() if isinstance(new, NewCard)],
        not_made=[
            NotMade(persons[key].name, refusal(error)) for key, error in made.items() if isinstance(error, DomainError)
        ],
        back=reverse("office_enrolments"),
    )
