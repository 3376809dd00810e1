from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "trenza.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from trenza.apps.learning import acts, definition, handlers, hub, privacy

        acts.register()
        definition.register()
        handlers.register()
        hub.register()
        privacy.register()
