"""Addresses of the public pages; those of sign-in are in sign_in_urls.py."""

from django.urls import path

from trenza.portals.public.views import (
    apply,
    catalogue,
    centres,
    draw,
    guardians,
    home,
    hub,
    letters,
    level_check,
    outreach,
    programme,
    readiness,
    second_look,
    sign_up,
    too_young,
)

_CALL = "programas/<slug:programme>/convocatorias/<slug:call>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("catalogo/", catalogue.show, name="catalogue"),
    path("nodo/", hub.state, name="hub_state"),
    path("centros/", centres.show, name="centres"),
    path("programas/<slug:programme>/", programme.programme, name="programme"),
    path("programas/<slug:programme>/nivel/", level_check.level_check, name="level_check"),
    path(f"{_CALL}sorteo/", draw.show, name="draw"),
    path(f"{_CALL}sorteo/archivo/", draw.file, name="draw_file"),
    path(f"{_CALL}postular/", apply.apply, name="apply"),
    path(f"{_CALL}postular/seguir/", apply.resume, name="apply_resume"),
    path(f"{_CALL}solicitud/", apply.application, name="application"),
    path(f"{_CALL}solicitud/corregir/", apply.correct, name="application_correct"),
    path(f"{_CALL}solicitud/retirar/", apply.withdraw, name="application_withdraw"),
    path(f"{_CALL}solicitud/preparacion/<slug:step>/", readiness.step, name="readiness"),
    path(f"{_CALL}solicitud/preparacion/<slug:step>/codigo/", readiness.code, name="readiness_code"),
    path(f"{_CALL}solicitud/revision/", second_look.second_look, name="second_look"),
    path(f"{_CALL}solicitud/seguir/", guardians.go_on, name="application_go_on"),
    path(f"{_CALL}solicitud/persona-adulta/", guardians.guardian, name="application_guardian"),
    path(f"{_CALL}solicitud/persona-adulta/enlace/", guardians.again, name="guardian_again"),
    path(f"{_CALL}solicitud/persona-adulta/hoja/", guardians.paper, name="guardian_paper"),
    path(f"{_CALL}postular/telefono/", letters.page, name="apply_letter"),
    path("promotora/<slug:programme>/<slug:call>/telefono/", letters.outreach_page, name="outreach_letter"),
    path("cartas/", letters.take, name="letters"),
    path("promotora/", outreach.calls, name="outreach"),
    path("promotora/<slug:programme>/<slug:call>/", outreach.take_down, name="outreach_call"),
    path("promotora/<slug:programme>/<slug:call>/hojas/", outreach.sheets, name="outreach_sheets"),
    path("acuerdo/<str:token>/", guardians.answer, name="guardian_answer"),
    path(f"{_CALL}inscribirme/", sign_up.sign_up, name="sign_up"),
    path("acuerdo/antes/<str:token>/", too_young.answer, name="guardian_request"),
    path(f"{_CALL}inscribirme/persona-adulta/", too_young.ask, name="sign_up_guardian"),
    path(f"{_CALL}inscribirme/empezar/", sign_up.consent, name="sign_up_consent"),
]
