from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trenza.apps.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trenza.apps.programmes import attached, definition, hub, privacy, queries, scopes, witnesses
        from trenza.apps.sync.api import register_editions

        attached.register()
        definition.register()
        hub.register()
        privacy.register()
        register_editions(queries.editions_of)
        scopes.register()
        witnesses.register()
