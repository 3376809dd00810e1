"""Choosing somebody at a centre: she is looked for by name among those whom the viewer may see there."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.people.api import Permission, Person
from trenza.apps.places.api import guests
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.searching import MOST_LETTERS, by_person

SHOWN: Final = 20


class GuestField(forms.UUIDField):
    """A person by her id, chosen among those whom the viewer may see at her centres; anybody else is not there."""

    def __init__(self, viewer: Person, *, required: bool) -> None:
        super().__init__(
            label=gettext_lazy("Who"), required=required, error_messages={"required": gettext_lazy("Choose who.")}
        )
        self.viewer = viewer

    def clean(self, value: Any) -> Person | None:
        """The person."""
        key = super().clean(value)
        if key is None:
            return None
        person = guests.which(self.viewer).filter(pk=key).first()
        if person is None:
            raise forms.ValidationError(_("Choose who."))
        return person


def looked_for(request: HttpRequest) -> str:
    """The words that she looks for, which come back with the form."""
    given = request.POST.get("q") or request.GET.get("q", "")
    return " ".join(given.replace("\0", " ")[:MOST_LETTERS].split())


def found_guests(request: HttpRequest, words: str) -> list[Person]:
    """The first of those who are called so, by name. None without words. A query more than the scope takes."""
    if not words:
        return []
    viewer = viewer_of(request)
    named = by_person(viewer, words, to="pk", reads_contacts=may(request, Permission.PERSON_READ))
    return list(guests.which(viewer).filter(named).order_by("search_text", "pk")[:SHOWN])
