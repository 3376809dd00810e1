from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "trenza.apps.places"
    label = "places"
    verbose_name = _("Centres")

    def ready(self) -> None:
        # Models are ready only now.
        from trenza.apps.places import events, hub, privacy, roster, scopes
        from trenza.apps.places.models import Centre, Equipment, Loan, Member, Visit, VoucherBatch
        from trenza.core.journal import witness

        hub.register()
        privacy.register()
        roster.register()
        scopes.register()
        witness(Centre, events.CentreOpened, "centre")
        witness(Equipment, events.EquipmentAdded, "equipment")
        witness(Loan, events.EquipmentLent, "loan")
        witness(VoucherBatch, events.VouchersImported, "batch")
        witness(Visit, events.VisitNoted, "visit")
        witness(Member, events.MemberAdded, "member")
