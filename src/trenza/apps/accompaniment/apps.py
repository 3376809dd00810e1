from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "trenza.apps.accompaniment"
    label = "accompaniment"

    def ready(self) -> None:
        from trenza.apps.accompaniment import definition, events, hub, privacy, projections
        from trenza.apps.accompaniment.models import Inquiry, Reply
        from trenza.core.journal import witness

        definition.register()
        hub.register()
        privacy.register()
        projections.register()
        witness(Inquiry, events.InquiryMade, "inquiry")
        witness(Reply, events.InquiryAnswered, "reply")
