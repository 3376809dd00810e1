"""Whose page it is, and what every page of hers knows."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from trenza.apps.people.api import Person, person_of
from trenza.apps.programmes.api import Edition


def herself(request: HttpRequest) -> Person:
    """Who is signed in, for views that `signed_in` guards.

    Raises:
        PermissionDenied: nobody is.
    """
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person


def demonstration_of(editions: Iterable[Edition]) -> dict[str, Any]:
    """The banner, if one of these is for demonstration; else what the whole installation says."""
    return {"demonstration": True} if any(each.demonstration for each in editions) else {}
