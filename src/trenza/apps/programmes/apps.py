from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trenza.apps.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trenza.apps.programmes import definition, scopes, witnesses

        definition.register()
        scopes.register()
        witnesses.register()
