from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "trenza.apps.credentials"
    label = "credentials"

    def ready(self) -> None:
        from trenza.apps.credentials import attached, handlers, loading, privacy, witnesses  # noqa: F401 (handlers register themselves)
        from trenza.apps.credentials.actions import forget_external_files, forget_old_gradebooks, sign_due
        from trenza.core.sweeps import register_sweep

        register_sweep("credentials.sign_due", sign_due)
        register_sweep("credentials.forget_external_files", forget_external_files)
        register_sweep("credentials.forget_old_gradebooks", forget_old_gradebooks)
        attached.register()
        loading.register()
        privacy.register()
        witnesses.register()
