from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "trenza.apps.credentials"
    label = "credentials"

    def ready(self) -> None:
        from trenza.apps.credentials import definition, handlers, privacy, witnesses  # noqa: F401 (handlers register themselves)

        definition.register()
        privacy.register()
        witnesses.register()
