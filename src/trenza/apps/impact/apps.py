from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "trenza.apps.impact"
    label = "impact"

    def ready(self) -> None:
        from trenza.apps.impact import definition

        definition.register()
