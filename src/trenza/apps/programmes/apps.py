from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trenza.apps.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trenza.apps.programmes import attached, definition, privacy, scopes, witnesses

        attached.register()
        definition.register()
        privacy.register()
        scopes.register()
        witnesses.register()
