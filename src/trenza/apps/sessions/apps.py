from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "trenza.apps.sessions"
    # Django's own sessions, of browsers, have the shorter label.
    label = "trenza_sessions"

    def ready(self) -> None:
        from trenza.apps.sessions import acts, attached, definition, handlers, hub, privacy, roster, scopes

        acts.register()
        attached.register()
        definition.register()
        handlers.register()
        hub.register()
        privacy.register()
        roster.register()
        scopes.register()
