from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "trenza.apps.admissions"
    label = "admissions"

    def ready(self) -> None:
        from trenza.apps.admissions import (  # noqa: F401 (handlers register themselves)
            attached,
            events,
            handlers,
            privacy,
            scopes,
        )
        from trenza.apps.admissions.definition import loading
        from trenza.apps.admissions.models import Acceptance, Application, Award, Draw, Refusal, SignUp
        from trenza.core.journal import witness

        witness(Application, events.ApplicationSubmitted, "application")
        witness(Award, events.AwardMade, "award")
        witness(Acceptance, events.AwardAccepted, "acceptance")
        witness(Refusal, events.AwardDeclined, "refusal")
        witness(Draw, events.DrawAnnounced, "draw")
        witness(SignUp, events.SignedUp, "sign_up")
        attached.register()
        scopes.register()
        privacy.register()
        loading.register()
