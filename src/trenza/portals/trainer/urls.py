"""The trainer's addresses; included at the root."""

from django.urls import path

from trenza.portals.trainer.views import calls, givers, materials, outside, package, sessions, support, take_in

_ONE = "formadora/sesiones/<uuid:session>/"

urlpatterns = [
    path("recibir/", take_in.take_in, name="take_in"),
    path("formadora/", sessions.today, name="trainer_today"),
    path("formadora/nueva/", sessions.new, name="trainer_new"),
    path(f"{_ONE}cambiar/", sessions.change, name="trainer_change"),
    path(f"{_ONE}cancelar/", sessions.cancel, name="trainer_cancel"),
    path(_ONE, sessions.session, name="trainer_session"),
    path(f"{_ONE}marcar/", sessions.mark, name="trainer_mark"),
    path(f"{_ONE}resolver/", sessions.settle, name="trainer_settle"),
    path(f"{_ONE}agregar/", sessions.add, name="trainer_add"),
    path(f"{_ONE}lista-externa/", outside.outside, name="trainer_outside"),
    path(f"{_ONE}lista-externa/confirmar/", outside.confirm, name="trainer_outside_confirm"),
    path(f"{_ONE}materiales/", materials.materials, name="trainer_materials"),
    path(f"{_ONE}respuestas/<slug:course>/<slug:lesson>/", materials.answers, name="trainer_answers"),
    path(f"{_ONE}paquete/", package.package, name="trainer_package"),
    path(f"{_ONE}paquete/quitar/", package.revoke, name="trainer_revoke_cards"),
    path(f"{_ONE}quien/", givers.givers, name="trainer_givers"),
    path(f"{_ONE}quien/<uuid:trainer>/quitar/", givers.remove, name="trainer_giver_remove"),
    path(f"{_ONE}codigo/", sessions.code, name="trainer_code"),
    path("formadora/llamar/", calls.calls, name="trainer_calls"),
    path("formadora/personas/", calls.people, name="trainer_people"),
    path("formadora/personas/<uuid:person>/", calls.person, name="trainer_person"),
    path("formadora/personas/<uuid:person>/intento/", calls.attempt, name="trainer_attempt"),
    path("formadora/consultas/", support.inquiries, name="trainer_inquiries"),
]
