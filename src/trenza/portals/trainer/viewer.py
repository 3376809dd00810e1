"""Who asks."""

from django.http import Http404, HttpRequest

from trenza.apps.people.api import Person, person_of


def viewer_of(request: HttpRequest) -> Person:
    """She who is signed in; the guard of the page has let nobody else pass."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person
