from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "trenza.apps.credentials"
    label = "credentials"

    def ready(self) -> None:
        from trenza.apps.credentials import attached, definition, handlers, privacy, witnesses  # noqa: F401 (handlers register themselves)

        attached.register()
        definition.register()
        privacy.register()
        witnesses.register()
