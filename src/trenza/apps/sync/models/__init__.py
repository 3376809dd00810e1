from trenza.apps.sync.models.hub import Hub, HubDevice, HubMark, HubPairing, HubRow
from trenza.apps.sync.models.unopened_record import UnopenedRecord
from trenza.apps.sync.models.upstream import CarriedRecord, NotTakenIn, ReceivedRow, Upstream

__all__ = [
    "CarriedRecord", "Hub", "HubDevice", "HubMark", "HubPairing", "HubRow", "NotTakenIn", "ReceivedRow",
    "UnopenedRecord", "Upstream",
]  # fmt: skip
