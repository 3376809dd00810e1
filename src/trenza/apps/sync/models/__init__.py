from trenza.apps.sync.models.hub import Hub, HubDevice, HubMark, HubPairing, HubRow
from trenza.apps.sync.models.hub_certificate import HubCertificate, OwnCertificate
from trenza.apps.sync.models.unopened_record import UnopenedRecord
from trenza.apps.sync.models.upstream import CarriedRecord, NotTakenIn, ReceivedRow, Upstream

__all__ = [
    "CarriedRecord", "Hub", "HubCertificate", "HubDevice", "HubMark", "HubPairing", "HubRow", "NotTakenIn",
    "OwnCertificate", "ReceivedRow", "UnopenedRecord", "Upstream",
]  # fmt: skip
