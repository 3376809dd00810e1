"""What the search box of a list looks for."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from trenza.apps.people.api import Account, Person, read_person
from trenza.core.words import folded

MOST_WORDS: Final = 6
MOST_LETTERS: Final = 100
_PHONE = re.compile(r"^\+?[0-9][0-9 ().-]{5,}$")


def by_person(viewer: Person, text: str, *, to: str = "person", reads_contacts: bool) -> Q:
    """The condition that every word stands in the names of the person at `to`, without accents and case.

    An e-mail address or a phone number finds who has exactly that one, for viewers who may read her as a person.
    """
    if reads_contacts and (contact := _contact(text)):
        return Q(**{f"{to}__in": read_person.which(viewer).filter(pk__in=contact.values("person"))})
    names = "search_text__contains" if to == "pk" else f"{to}__search_text__contains"
    named = Q()
    for word in words_of(text):
        named &= Q(**{names: word})
    return named


def matching(rows: QuerySet[Any], text: str, fields: Sequence[str]) -> list[Any]:
    """The keys of rows in whose fields every word stands, without accents and case: for tables of a definition, which
    are short enough to be read whole."""
    words = words_of(text)
    return [
        key
        for key, *texts in rows.order_by().values_list("pk", *fields)
        if all(word in folded(" ".join(map(str, texts))) for word in words)
    ]


def words_of(text: str) -> list[str]:
    """The words to look for, folded as names are. No name holds a null byte, and PostgreSQL takes none."""
    return folded(text[:MOST_LETTERS].replace("\0", " ")).split()[:MOST_WORDS]


def _contact(text: str) -> "QuerySet[Account] | None":
    """The accounts with this address or number; None where the text is neither."""
    text = text.strip()
    if "@" in text and " " not in text:
        return Account.objects.filter(email=text.lower())
    if _PHONE.match(text):
        return Account.objects.filter(phone="+" + re.sub(r"\D", "", text))
    return None
