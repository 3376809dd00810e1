from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trenza.apps.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trenza.apps.programmes import definition, privacy, scopes, witnesses

        definition.register()
        privacy.register()
        scopes.register()
        witnesses.register()
