"""The addresses of what comes from elsewhere."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.elsewhere import externals, gradebook, issuers, netacad

_READ, _CONFIRM = Permission.CREDENTIAL_READ, Permission.REQUIREMENT_CONFIRM
_BRING, _DEFINE = Permission.PERSON_IMPORT, Permission.DEFINITION_EDIT
_OTHER = "otros-certificados/"
_ISSUERS = "programas/<uuid:pk>/emisores/"

urlpatterns: list[URLPattern] = [
    path(_OTHER, page(_READ, externals.Externals.as_view()), name="office_externals"),
    path(
        f"{_OTHER}resultados/",
        page(_READ, externals.Externals.as_view(results_only=True)),
        name="office_externals_results",
    ),
    path(f"{_OTHER}<uuid:pk>/", page(_READ, externals.ExternalPage.as_view()), name="office_external"),
    path(f"{_OTHER}<uuid:pk>/archivo/", page(_READ, externals.file), name="office_external_file"),
    path(f"{_OTHER}<uuid:pk>/decidir/", page(_CONFIRM, externals.DecidePage.as_view()), name="office_external_decide"),
    path(
        "inscripciones/<uuid:pk>/otro-certificado/",
        page(_CONFIRM, externals.AddPage.as_view()),
        name="office_external_add",
    ),
    path(_ISSUERS, page(_DEFINE, issuers.IssuersPage.as_view()), name="office_issuers"),
    path(f"{_ISSUERS}<uuid:issuer>/quitar/", page(_DEFINE, issuers.end), name="office_issuer_end"),
    path("netacad/", page(_BRING, netacad.ExchangePage.as_view()), name="office_netacad"),
    path("netacad/inscribir/<slug:pair>/", page(_BRING, netacad.EnrolPage.as_view()), name="office_netacad_enrol"),
    path("netacad/inscribir/<slug:pair>/lista.csv", page(_BRING, netacad.enrolment_csv), name="office_netacad_csv"),
    path("netacad/notas/<uuid:pk>/", page(_BRING, gradebook.GradebookPage.as_view()), name="office_gradebook"),
    path("netacad/notas/<uuid:pk>/aplicar/", page(_BRING, gradebook.apply), name="office_gradebook_apply"),
    path("netacad/notas/<uuid:pk>/borrar/", page(_BRING, gradebook.discard), name="office_gradebook_discard"),
    path("netacad/filas/<uuid:pk>/", page(_BRING, gradebook.RowPage.as_view()), name="office_grade_row"),
    path("netacad/filas/<uuid:pk>/unir/", page(_BRING, gradebook.link), name="office_grade_row_link"),
]
