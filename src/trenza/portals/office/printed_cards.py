"""Cards as they are printed: a code to read and to type, a given name to hand them out by, nothing else about her.

The page is shown once: the secrets are kept nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from trenza.apps.people.api import NewCard, Person, grouped_secret, make_cards
from trenza.core.errors import DomainError
from trenza.portals.field import paper
from trenza.portals.office.words import Words, refusal


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
    """What stands on a card."""
    return Printed(name, grouped_secret(new.secret), paper.square(new.secret), new.card.expires_on)


def sheets(request: HttpRequest, made: Sequence[tuple[Person, NewCard]], **context: Any) -> HttpResponse:
    """The page to print."""
    cards = [printed(person.given_name, new) for person, new in made]
    return render(
        request,
        "office/cards.html",
        {
            **paper.sheets(cards),
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
