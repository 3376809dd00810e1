from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "trenza.apps.sync"
    label = "sync"

    def ready(self) -> None:
        # Models are ready only now.
        from trenza.apps.sync import entries_act, events
        from trenza.apps.sync.hub import entries_down
        from trenza.apps.sync.models import Hub, HubPairing
        from trenza.core.journal import witness

        entries_act.register()
        entries_down.register()
        witness(HubPairing, events.HubPairingOpened, "pairing")
        witness(Hub, events.HubPaired, "hub")
