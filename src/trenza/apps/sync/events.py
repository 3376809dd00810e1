"""What sync records: which hub may speak for a centre, and on the hub that rows came down."""

from uuid import UUID

from trenza.core.journal import Decision, Observation, kind


@kind("sync.hub_pairing_opened.v1")
class HubPairingOpened(Decision, frozen=True):
    """Somebody may pair a hub for this centre, by a code."""

    pairing: UUID
    centre: UUID


@kind("sync.hub_paired.v1")
class HubPaired(Decision, frozen=True):
    hub: UUID
    centre: UUID


@kind("sync.hub_revoked.v1")
class HubRevoked(Decision, frozen=True):
    """What it hands in from now on is held for somebody's look, and nothing more goes down to it."""

    hub: UUID
    centre: UUID


@kind("sync.hub_rows_changed.v1")
class HubRowsChanged(Observation, frozen=True):
    """On the hub of this centre: rows that its cell told it in this page were put in place. It stays here."""

    centre: UUID
    page: int
