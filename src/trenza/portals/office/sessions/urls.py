"""The addresses of sessions."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.sessions import hours, lists
from trenza.portals.office.sessions import page as session

_READ, _TEAM = Permission.SESSION_READ, Permission.TEAM_READ

urlpatterns: list[URLPattern] = [
    path("sesiones/", page(_READ, lists.Sessions.as_view()), name="office_sessions"),
    path(
        "sesiones/resultados/", page(_READ, lists.Sessions.as_view(results_only=True)), name="office_sessions_results"
    ),
    path("sesiones/horas/", page(_TEAM, hours.Hours.as_view()), name="office_hours"),
    path(
        "sesiones/horas/resultados/", page(_TEAM, hours.Hours.as_view(results_only=True)), name="office_hours_results"
    ),
    path("sesiones/<uuid:pk>/", page(_READ, session.SessionPage.as_view()), name="office_session"),
]
