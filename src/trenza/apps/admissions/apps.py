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
        from trenza.apps.admissions.actions.ending import expire_awards, take_seat_again
        from trenza.apps.admissions.definition import loading
        from trenza.apps.admissions.models import (
            Acceptance,
            Appeal,
            Application,
            Award,
            AwardEnd,
            Draw,
            Fulfilment,
            Notice,
            Refusal,
            SeatChange,
            SignUp,
            StudyPlan,
        )
        from trenza.apps.programmes.api import register_before_return
        from trenza.core.journal import witness
        from trenza.core.sweeps import register_sweep

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
        witness(AwardEnd, events.AwardEnded, "end")
        witness(SeatChange, events.SeatsChanged, "line")
        register_before_return(take_seat_again)
        register_sweep("admissions.expire_awards", expire_awards)
        attached.register()
        scopes.register()
        privacy.register()
        loading.register()
