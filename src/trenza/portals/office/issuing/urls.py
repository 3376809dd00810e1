"""The addresses of issuing, endorsing and keys."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.issuing import endorsing, keys, runs, templates

_READ, _ISSUE, _ENDORSE = Permission.CREDENTIAL_READ, Permission.CREDENTIAL_ISSUE, Permission.CREDENTIAL_ENDORSE
_ASKED = "avales/<uuid:pk>/<uuid:wording>/<uuid:edition>/"

urlpatterns: list[URLPattern] = [
    path("emision/", page(_READ, templates.TemplatesPage.as_view()), name="office_templates"),
    path("emision/plantillas/<uuid:pk>/", page(_READ, templates.TemplatePage.as_view()), name="office_template"),
    path("emision/plantillas/<uuid:pk>/emitir/", page(_ISSUE, templates.issue), name="office_template_issue"),
    path("emision/trabajos/", page(_READ, runs.RunsPage.as_view()), name="office_runs"),
    path("emision/trabajos/nuevo/", page(_ISSUE, runs.NewRunPage.as_view()), name="office_run_new"),
    path("emision/trabajos/<uuid:pk>/", page(_READ, runs.RunPage.as_view()), name="office_run"),
    path("emision/trabajos/<uuid:pk>/parar/", page(_ISSUE, runs.stop), name="office_run_stop"),
    path("emision/trabajos/<uuid:pk>/seguir/", page(_ISSUE, runs.resume), name="office_run_resume"),
    path("emision/avales/", page(_READ, endorsing.EndorsementsPage.as_view()), name="office_endorsements"),
    path("emision/llaves/", page(Permission.CREDENTIAL_REVOKE, keys.KeysPage.as_view()), name="office_keys"),
    path("avales/", page(_ENDORSE, endorsing.EndorsingPage.as_view()), name="office_endorsing"),
    path(_ASKED, page(_ENDORSE, endorsing.AskedPage.as_view()), name="office_endorse"),
    path(f"{_ASKED}documento/", page(_ENDORSE, endorsing.download), name="office_endorse_document"),
    path(f"{_ASKED}archivo/", page(_ENDORSE, endorsing.UploadPage.as_view()), name="office_endorse_file"),
    path(f"{_ASKED}no/", page(_ENDORSE, endorsing.RefusePage.as_view()), name="office_endorse_refuse"),
]
