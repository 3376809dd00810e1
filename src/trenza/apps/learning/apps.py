from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "trenza.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from trenza.apps.learning import definition, handlers, privacy

        definition.register()
        handlers.register()
        privacy.register()
