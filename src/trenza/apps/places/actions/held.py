"""A centre held by the running action, so that what others do there comes before or after it."""

from uuid import UUID

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.errors import Closed
from trenza.apps.places.models import Centre


def held_centre(pk: UUID, *, by: Person | None) -> Centre:
    """The centre, for whoever keeps it (`by=None` is the command line).

    Raises:
        NotAllowed: she does not.
    """
    rules.require_keeper(by, pk)
    return Centre.objects.select_for_update().get(pk=pk)


def held_open_centre(pk: UUID, *, by: Person | None) -> Centre:
    """The same, where the centre is open.

    Raises:
        NotAllowed: she does not keep it.
        Closed: it is not open.
    """
    centre = held_centre(pk, by=by)
    if not centre.is_open:
        raise Closed
    return centre
