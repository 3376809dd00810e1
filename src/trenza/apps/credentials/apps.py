from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "trenza.apps.credentials"
    label = "credentials"

    def ready(self) -> None:
        from trenza.apps.credentials import attached, handlers, loading, privacy, witnesses  # noqa: F401 (handlers register themselves)
        from trenza.apps.credentials.actions import sign_due
        from trenza.core.sweeps import register_sweep

        register_sweep("credentials.sign_due", sign_due)
        attached.register()
        loading.register()
        privacy.register()
        witnesses.register()
