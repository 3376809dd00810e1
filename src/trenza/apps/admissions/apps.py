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
        from trenza.apps.admissions.models import (
            Acceptance,
            Appeal,
            Application,
            Award,
            Draw,
            Fulfilment,
            Notice,
            Refusal,
            SignUp,
            StudyPlan,
        )
        from trenza.core.journal import witness

        witness(Application, events.ApplicationSubmitted, "application")
        witness(Award, events.AwardMade, "award")
        witness(Acceptance, events.AwardAccepted, "acceptance")
        witness(Refusal, events.AwardDeclined, "refusal")
        witness(Draw, events.DrawAnnounced, "draw")
        witness(Fulfilment, events.RuleFulfilled, "fulfilment")
        witness(Appeal, events.AppealMade, "appeal")
        witness(StudyPlan, events.PlanWritten, "plan")
        witness(Notice, events.NoticeGiven, "notice")
        witness(SignUp, events.SignedUp, "sign_up")
        attached.register()
        scopes.register()
        privacy.register()
        loading.register()
