"""The addresses of definitions."""

from django.urls import URLPattern, path

from trenza.apps.people.api import Permission
from trenza.portals.office.access import page
from trenza.portals.office.definitions import editing, publishing, reading_pages, region, xlsform

_READ, _EDIT = Permission.DEFINITION_READ, Permission.DEFINITION_EDIT
_ONE = "programas/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("programas/", page(_READ, reading_pages.Programmes.as_view()), name="office_programmes"),
    path(_ONE, page(_READ, reading_pages.ProgrammePage.as_view()), name="office_programme"),
    path(f"{_ONE}versiones/", page(_READ, reading_pages.Versions.as_view()), name="office_definition_versions"),
    path(
        f"{_ONE}versiones/<int:number>/programme.toml",
        page(_READ, reading_pages.download),
        name="office_definition_download",
    ),
    path(f"{_ONE}editar/", page(_EDIT, editing.EditPage.as_view()), name="office_definition"),
    path(f"{_ONE}editar/lista/<path:place>/", page(_EDIT, editing.ListPage.as_view()), name="office_definition_list"),
    path(f"{_ONE}editar/ficha/<path:place>/", page(_EDIT, editing.ItemPage.as_view()), name="office_definition_item"),
    path(f"{_ONE}region/", page(_EDIT, region.OpenRegion.as_view()), name="office_definition_region"),
    path(f"{_ONE}subir/", page(_EDIT, publishing.Upload.as_view()), name="office_definition_upload"),
    path(f"{_ONE}xlsform/", page(_EDIT, xlsform.UploadForm.as_view()), name="office_definition_xlsform"),
    path(f"{_ONE}vista/", page(_EDIT, publishing.Preview.as_view()), name="office_definition_preview"),
    path(f"{_ONE}vista/pagina/", page(_EDIT, publishing.frame), name="office_definition_frame"),
    path(f"{_ONE}juntar/", page(_EDIT, publishing.Merge.as_view()), name="office_definition_merge"),
    path(f"{_ONE}descartar/", page(_EDIT, editing.Discard.as_view()), name="office_definition_discard"),
]
