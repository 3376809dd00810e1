"""The addresses of centres."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.centres import editing, equipment, hub, lists, members, visits, vouchers
from trenza.portals.office.centres import page as centre

_READ, _KEEP, _HUB = Permission.PLACE_READ, Permission.PLACE_KEEP, Permission.HUB_KEEP
_ONE = "centros/<uuid:pk>/"
_THING = f"{_ONE}equipos/<uuid:thing>/"

urlpatterns: list[URLPattern] = [
    path("centros/", page(_READ, lists.Centres.as_view()), name="office_centres"),
    path("centros/resultados/", page(_READ, lists.Centres.as_view(results_only=True)), name="office_centres_results"),
    path("centros/abrir/", page(_KEEP, editing.NewCentrePage.as_view()), name="office_centre_new"),
    path(_ONE, page(_READ, centre.CentrePage.as_view()), name="office_centre"),
    path(f"{_ONE}cambiar/", page(_KEEP, editing.ChangePage.as_view()), name="office_centre_change"),
    path(f"{_ONE}horario/", page(_KEEP, editing.HoursPage.as_view()), name="office_centre_hours"),
    path(f"{_ONE}cerrar/", page(_KEEP, centre.close), name="office_centre_close"),
    path(f"{_ONE}reabrir/", page(_KEEP, centre.reopen), name="office_centre_reopen"),
    path(f"{_ONE}equipos/agregar/", page(_KEEP, equipment.NewThingPage.as_view()), name="office_equipment_new"),
    path(f"{_THING}prestar/", page(_KEEP, equipment.LendPage.as_view()), name="office_equipment_lend"),
    path(f"{_THING}quitar/", page(_KEEP, equipment.RetirePage.as_view()), name="office_equipment_retire"),
    path(
        f"{_ONE}prestamos/<uuid:loan>/devolver/",
        page(_KEEP, equipment.ReturnPage.as_view()),
        name="office_loan_return",
    ),
    path(f"{_ONE}vales/traer/", page(_KEEP, vouchers.ImportVouchersPage.as_view()), name="office_vouchers_import"),
    path(f"{_ONE}vales/dar/", page(_KEEP, vouchers.GivePage.as_view()), name="office_voucher_give"),
    path(f"{_ONE}vales/<uuid:voucher>/", page(_KEEP, vouchers.VoucherPage.as_view()), name="office_voucher"),
    path(f"{_ONE}personas/", page(_KEEP, members.MembersPage.as_view()), name="office_centre_members"),
    path(f"{_ONE}personas/<uuid:member>/quitar/", page(_KEEP, members.end), name="office_member_end"),
    path(f"{_ONE}hub/", page(_HUB, hub.HubPage.as_view()), name="office_centre_hub"),
    path(f"{_ONE}hub/traer/", page(_HUB, hub.bring), name="office_hub_bring"),
    path(f"{_ONE}hub/<uuid:hub>/llevar/", page(_HUB, hub.take), name="office_hub_take"),
    path(f"{_ONE}hub/<uuid:hub>/quitar/", page(_HUB, hub.revoke), name="office_hub_revoke"),
    path(f"{_ONE}hub/<uuid:hub>/decidir/", page(_HUB, hub.decide), name="office_hub_decide"),
    path(f"{_ONE}visitas/", page(_KEEP, visits.VisitsPage.as_view()), name="office_visits"),
    path(f"{_ONE}visitas/<uuid:visit>/quitar/", page(_KEEP, visits.take_back), name="office_visit_back"),
]
