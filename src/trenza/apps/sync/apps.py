from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "trenza.apps.sync"
    label = "sync"

    def ready(self) -> None:
        from trenza.apps.sync import entries_act

        entries_act.register()
