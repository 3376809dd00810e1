from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "trenza.apps.sync"
    label = "sync"

    def ready(self) -> None:
        # Models are ready only now.
        from trenza.apps.sync import entries_act, events
        from trenza.apps.sync.hub import certificates, entries_down, own_certificate
        from trenza.apps.sync.hub.registry import register_hub_table
        from trenza.apps.sync.models import Hub, HubPairing
        from trenza.core.journal import witness

        entries_act.register()
        entries_down.register()
        register_hub_table(certificates.TABLE, certificates.rows, own_certificate.apply)
        witness(HubPairing, events.HubPairingOpened, "pairing")
        witness(Hub, events.HubPaired, "hub")
