from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trenza.apps.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trenza.apps.programmes import scopes, witnesses

        scopes.register()
        witnesses.register()
