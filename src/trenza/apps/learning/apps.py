from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "trenza.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from trenza.apps.learning import definition, handlers

        definition.register()
        handlers.register()
