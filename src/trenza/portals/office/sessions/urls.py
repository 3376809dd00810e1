"""The addresses of sessions."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.sessions import lists
from trenza.portals.office.sessions import page as session

_READ = Permission.SESSION_READ

urlpatterns: list[URLPattern] = [
    path("sesiones/", page(_READ, lists.Sessions.as_view()), name="office_sessions"),
    path(
        "sesiones/resultados/", page(_READ, lists.Sessions.as_view(results_only=True)), name="office_sessions_results"
    ),
    path("sesiones/<uuid:pk>/", page(_READ, session.SessionPage.as_view()), name="office_session"),
]
