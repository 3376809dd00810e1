"""Let a centre have a hub, and take its access away; decide what is to become of what it handed on."""

from typing import Final
from uuid import UUID

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.errors import Closed, NotWritten
from trenza.apps.places.models import Centre
from trenza.apps.sync import api as sync

LONGEST_NAME: Final = 80


def open_hub_pairing(*, centre: Centre, name: str, by: Person | None) -> str:
    """A code by which one hub may be paired for this centre within the hour; it is said this once.

    Raises:
        NotAllowed: `by` may not give this centre a hub.
        Closed: it has been closed.
        NotWritten: the hub has no name, or a longer one than is kept.
        sync.CentreHasHub: one is paired already.
    """
    _require(by, centre.pk)
    if not centre.is_open:
        raise Closed
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise NotWritten
    return sync.open_pairing(centre=centre.pk, name=name.strip(), by=by.pk if by else None).code


def revoke_hub(*, hub: sync.Hub, by: Person | None) -> None:
    """Take a hub's access away, at once.

    Raises:
        NotAllowed: `by` may not give its centre a hub.
        sync.AlreadyRevoked: it was before.
    """
    _require(by, hub.centre)
    sync.revoke_hub(hub=hub, by=by.pk if by else None)


def decide_held(*, hub: sync.Hub, person: UUID | None, reason: str, counts: bool, by: Person | None) -> int:
    """Let what a hub handed on about this person, and is held for this reason, count, or leave it out; how many
    entries.

    Raises:
        NotAllowed: `by` may not give its centre a hub.
    """
    _require(by, hub.centre)
    return sync.decide_held(hub=hub, person=person, reason=reason, counts=counts, by=by.pk if by else None)


def _require(by: Person | None, centre: UUID) -> None:
    if by is not None:
        rules.keep_hub.require(by, Centre.objects.get(pk=centre))
