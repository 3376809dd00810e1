"""Every address of the office. Wagtail's own addresses are not included: its templates and menus need the names of a
few, which lead to our pages or nowhere, so that nothing of Wagtail can be opened that is not listed here."""

from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin.views.home import sprite
from wagtail.admin.views.i18n import localized_js_catalog

from trenza.apps.people.api import Permission
from trenza.core.access import public, signed_in
from trenza.portals.office import (
    applications,
    calls,
    duplicates,
    enrolments,
    entry,
    guardians,
    overrides,
    people_import,
    saved_views,
    uncounted,
)
from trenza.portals.office.access import page
from trenza.portals.office.account import AccountView
from trenza.portals.office.appeals import AppealPage, Appeals
from trenza.portals.office.applications import ApplicationPage, Applications
from trenza.portals.office.awards import AwardPage, Awards, ToldPage, WithdrawAwardPage
from trenza.portals.office.calls import AwardInOrderPage, CallPage, Calls
from trenza.portals.office.centres.urls import urlpatterns as centres
from trenza.portals.office.courses import CoursePage, Courses
from trenza.portals.office.credentials import CredentialPage, Credentials, ReissuePage, RevokePage, SuspendPage, lift
from trenza.portals.office.definitions.urls import urlpatterns as definitions
from trenza.portals.office.draws import DrawPage, FreezePage, HoldPage, SeedPage
from trenza.portals.office.duplicates import MergePage, OtherRecordPage, PairPage, Pairs, UndoPage
from trenza.portals.office.elsewhere.urls import urlpatterns as elsewhere
from trenza.portals.office.enrolments import EnrolmentPage, Enrolments
from trenza.portals.office.entry import EntryPage
from trenza.portals.office.guardians import GuardianPage, Guardians
from trenza.portals.office.home import HomeView, ToConfirmPage
from trenza.portals.office.inquiries import Inquiries, InquiryPage
from trenza.portals.office.issuing.urls import urlpatterns as issuing
from trenza.portals.office.parts import Parts
from trenza.portals.office.people_import import ImportedPage, ImportPage
from trenza.portals.office.person import PersonPage
from trenza.portals.office.persons import Persons
from trenza.portals.office.recognition import RecognitionPage
from trenza.portals.office.roles import NewRolePage, TeamPage, WithdrawRolePage
from trenza.portals.office.saved_views import SavedViewPage
from trenza.portals.office.seat_changes import ChangeSeatsPage, MoveSeatsPage, SeatsPage
from trenza.portals.office.sessions.urls import urlpatterns as sessions
from trenza.portals.office.tracks import ChangeTrackPage
from trenza.portals.office.training import NewTrainingPage, TrainingPage
from trenza.portals.office.uncounted import UncountedPage


@public
def closed(request: HttpRequest) -> HttpResponse:
    """An address whose name Wagtail's templates write down and whose page this office does not have."""
    raise Http404


OURS: list[URLPattern | URLResolver] = [
    path("", page(Permission.OFFICE_ENTER, HomeView.as_view()), name="wagtailadmin_home"),
    path("convocatorias/", page(Permission.CALL_READ, Calls.as_view()), name="office_calls"),
    path(
        "convocatorias/resultados/",
        page(Permission.CALL_READ, Calls.as_view(results_only=True)),
        name="office_calls_results",
    ),
    path("convocatorias/<uuid:pk>/", page(Permission.CALL_READ, CallPage.as_view()), name="office_call"),
    path("convocatorias/<uuid:pk>/publicar/", page(Permission.CALL_PUBLISH, calls.publish), name="office_publish"),
    path(
        "convocatorias/<uuid:pk>/adjudicar/",
        page(Permission.APPLICATION_AWARD, AwardInOrderPage.as_view()),
        name="office_award_in_order",
    ),
    path("convocatorias/<uuid:pk>/lugares/", page(Permission.CALL_READ, SeatsPage.as_view()), name="office_call_seats"),
    path(
        "convocatorias/<uuid:pk>/lugares/cambiar/",
        page(Permission.CALL_PUBLISH, ChangeSeatsPage.as_view()),
        name="office_seats_change",
    ),
    path(
        "convocatorias/<uuid:pk>/lugares/mover/",
        page(Permission.CALL_PUBLISH, MoveSeatsPage.as_view()),
        name="office_seats_move",
    ),
    path("convocatorias/<uuid:pk>/sorteo/", page(Permission.CALL_READ, DrawPage.as_view()), name="office_draw"),
    path(
        "convocatorias/<uuid:pk>/sorteo/cerrar/",
        page(Permission.APPLICATION_AWARD, FreezePage.as_view()),
        name="office_draw_freeze",
    ),
    path(
        "convocatorias/<uuid:pk>/sorteo/semilla/",
        page(Permission.APPLICATION_AWARD, SeedPage.as_view()),
        name="office_draw_seed",
    ),
    path(
        "convocatorias/<uuid:pk>/sorteo/sortear/",
        page(Permission.APPLICATION_AWARD, HoldPage.as_view()),
        name="office_draw_hold",
    ),
    path("solicitudes/", page(Permission.APPLICATION_READ, Applications.as_view()), name="office_applications"),
    path(
        "solicitudes/resultados/",
        page(Permission.APPLICATION_READ, Applications.as_view(results_only=True)),
        name="office_applications_results",
    ),
    path(
        "solicitudes/<uuid:pk>/",
        page(Permission.APPLICATION_READ, ApplicationPage.as_view()),
        name="office_application",
    ),
    path(
        "solicitudes/<uuid:pk>/adjudicar/", page(Permission.APPLICATION_AWARD, applications.award), name="office_award"
    ),
    path(
        "solicitudes/<uuid:pk>/condicion/",
        page(Permission.APPLICATION_AWARD, overrides.override),
        name="office_override",
    ),
    path(
        "solicitudes/<uuid:pk>/condicion/<uuid:fulfilment>/deshacer/",
        page(Permission.APPLICATION_AWARD, overrides.undo),
        name="office_undo",
    ),
    path("revisiones/", page(Permission.APPLICATION_AWARD, Appeals.as_view()), name="office_appeals"),
    path(
        "revisiones/resultados/",
        page(Permission.APPLICATION_AWARD, Appeals.as_view(results_only=True)),
        name="office_appeals_results",
    ),
    path("revisiones/<uuid:pk>/", page(Permission.APPLICATION_AWARD, AppealPage.as_view()), name="office_appeal"),
    path("solicitudes/<uuid:pk>/seguir/", page(Permission.APPLICATION_AWARD, applications.go_on), name="office_go_on"),
    path("inscripciones/", page(Permission.ENROLMENT_READ, Enrolments.as_view()), name="office_enrolments"),
    path(
        "inscripciones/resultados/",
        page(Permission.ENROLMENT_READ, Enrolments.as_view(results_only=True)),
        name="office_enrolments_results",
    ),
    path("inscripciones/<uuid:pk>/", page(Permission.ENROLMENT_READ, EnrolmentPage.as_view()), name="office_enrolment"),
    path(
        "inscripciones/<uuid:pk>/confirmar/<uuid:module>/",
        page(Permission.REQUIREMENT_CONFIRM, enrolments.confirm),
        name="office_confirm",
    ),
    path(
        "inscripciones/<uuid:pk>/reconocer/<uuid:module>/",
        page(Permission.REQUIREMENT_CONFIRM, RecognitionPage.as_view()),
        name="office_recognise",
    ),
    path("personas/", page(Permission.PERSON_READ, Persons.as_view()), name="office_persons"),
    path(
        "personas/resultados/",
        page(Permission.PERSON_READ, Persons.as_view(results_only=True)),
        name="office_persons_results",
    ),
    path("personas/traer/", page(Permission.PERSON_IMPORT, ImportPage.as_view()), name="office_import_new"),
    path(
        "personas/traer/plantilla/",
        page(Permission.PERSON_IMPORT, people_import.template),
        name="office_import_template",
    ),
    path("personas/traer/<uuid:pk>/", page(Permission.PERSON_IMPORT, ImportedPage.as_view()), name="office_import"),
    path(
        "personas/traer/<uuid:pk>/confirmar/",
        page(Permission.PERSON_IMPORT, people_import.confirm),
        name="office_import_confirm",
    ),
    path(
        "personas/traer/<uuid:pk>/borrar/",
        page(Permission.PERSON_IMPORT, people_import.discard),
        name="office_import_discard",
    ),
    path(
        "personas/traer/<uuid:pk>/rechazadas/",
        page(Permission.PERSON_IMPORT, people_import.refused),
        name="office_import_refused",
    ),
    path("personas/repetidas/", page(Permission.PERSON_MERGE, Pairs.as_view()), name="office_duplicates"),
    path(
        "personas/repetidas/resultados/",
        page(Permission.PERSON_MERGE, Pairs.as_view(results_only=True)),
        name="office_duplicates_results",
    ),
    path("personas/repetidas/<uuid:pk>/", page(Permission.PERSON_MERGE, PairPage.as_view()), name="office_duplicate"),
    path(
        "personas/repetidas/<uuid:pk>/distintas/",
        page(Permission.PERSON_MERGE, duplicates.apart),
        name="office_duplicate_apart",
    ),
    path(
        "personas/repetidas/<uuid:pk>/unir/<uuid:kept>/",
        page(Permission.PERSON_MERGE, MergePage.as_view()),
        name="office_merge",
    ),
    path(
        "personas/unidas/<uuid:pk>/separar/",
        page(Permission.PERSON_MERGE, UndoPage.as_view()),
        name="office_merge_undo",
    ),
    path(
        "personas/<uuid:pk>/otra/",
        page(Permission.PERSON_MERGE, OtherRecordPage.as_view()),
        name="office_other_record",
    ),
    path("personas/<uuid:pk>/", page(Permission.PERSON_READ, PersonPage.as_view()), name="office_person"),
    path("personas/<uuid:pk>/entrada/", page(Permission.PHONE_HELP, EntryPage.as_view()), name="office_entry"),
    path("personas/<uuid:pk>/entrada/tarjeta/", page(Permission.PHONE_HELP, entry.new_card), name="office_entry_card"),
    path("personas/<uuid:pk>/entrada/pin/", page(Permission.PHONE_HELP, entry.new_pin), name="office_entry_pin"),
    path(
        "personas/<uuid:pk>/entrada/tarjetas/<uuid:card>/quitar/",
        page(Permission.PHONE_HELP, entry.end_card),
        name="office_entry_card_end",
    ),
    path(
        "personas/<uuid:pk>/entrada/telefonos/<uuid:device>/quitar/",
        page(Permission.PHONE_HELP, entry.end_device),
        name="office_entry_device_end",
    ),
    path("sin-contar/", page(Permission.PHONE_HELP, UncountedPage.as_view()), name="office_uncounted"),
    path("sin-contar/<uuid:device>/", page(Permission.PHONE_HELP, uncounted.decide), name="office_uncounted_decide"),
    path(
        "por-confirmar/<uuid:pk>/",
        page(Permission.REQUIREMENT_CONFIRM, ToConfirmPage.as_view()),
        name="office_to_confirm",
    ),
    path("equipo/", page(Permission.TEAM_READ, TeamPage.as_view()), name="office_team"),
    path("equipo/dar/", page(Permission.ROLE_GRANT, NewRolePage.as_view()), name="office_role_new"),
    path(
        "equipo/<uuid:pk>/retirar/",
        page(Permission.ROLE_GRANT, WithdrawRolePage.as_view()),
        name="office_role_withdraw",
    ),
    path("equipo/formacion/", page(Permission.TEAM_READ, TrainingPage.as_view()), name="office_training"),
    path("equipo/formacion/nueva/", page(Permission.ROLE_GRANT, NewTrainingPage.as_view()), name="office_training_new"),
    path("adjudicaciones/", page(Permission.APPLICATION_READ, Awards.as_view()), name="office_awards"),
    path(
        "adjudicaciones/resultados/",
        page(Permission.APPLICATION_READ, Awards.as_view(results_only=True)),
        name="office_awards_results",
    ),
    path(
        "adjudicaciones/<uuid:pk>/",
        page(Permission.APPLICATION_READ, AwardPage.as_view()),
        name="office_award_page",
    ),
    path(
        "adjudicaciones/<uuid:pk>/avisada/",
        page(Permission.APPLICATION_AWARD, ToldPage.as_view()),
        name="office_award_told",
    ),
    path(
        "adjudicaciones/<uuid:pk>/quitar/",
        page(Permission.APPLICATION_AWARD, WithdrawAwardPage.as_view()),
        name="office_award_withdraw",
    ),
    path(
        "adjudicaciones/<uuid:pk>/ruta/",
        page(Permission.APPLICATION_AWARD, ChangeTrackPage.as_view()),
        name="office_award_track",
    ),
    path("partes-de-becas/", page(Permission.APPLICATION_READ, Parts.as_view()), name="office_parts"),
    path(
        "partes-de-becas/resultados/",
        page(Permission.APPLICATION_READ, Parts.as_view(results_only=True)),
        name="office_parts_results",
    ),
    path("cursos/", page(Permission.OFFICE_ENTER, Courses.as_view()), name="office_courses"),
    path(
        "cursos/resultados/",
        page(Permission.OFFICE_ENTER, Courses.as_view(results_only=True)),
        name="office_courses_results",
    ),
    path("cursos/<uuid:pk>/", page(Permission.OFFICE_ENTER, CoursePage.as_view()), name="office_course"),
    path("certificados/", page(Permission.CREDENTIAL_READ, Credentials.as_view()), name="office_credentials"),
    path(
        "certificados/resultados/",
        page(Permission.CREDENTIAL_READ, Credentials.as_view(results_only=True)),
        name="office_credentials_results",
    ),
    path(
        "certificados/<uuid:pk>/", page(Permission.CREDENTIAL_READ, CredentialPage.as_view()), name="office_credential"
    ),
    path(
        "certificados/<uuid:pk>/quitar/", page(Permission.CREDENTIAL_REVOKE, RevokePage.as_view()), name="office_revoke"
    ),
    path(
        "certificados/<uuid:pk>/suspender/",
        page(Permission.CREDENTIAL_REVOKE, SuspendPage.as_view()),
        name="office_suspend",
    ),
    path("certificados/<uuid:pk>/levantar/", page(Permission.CREDENTIAL_REVOKE, lift), name="office_lift"),
    path(
        "certificados/<uuid:pk>/nombre/",
        page(Permission.CREDENTIAL_ISSUE, ReissuePage.as_view()),
        name="office_reissue",
    ),
    path("vistas/", page(Permission.OFFICE_ENTER, saved_views.save), name="office_view_save"),
    path("vistas/<uuid:pk>/", page(Permission.OFFICE_ENTER, SavedViewPage.as_view()), name="office_view"),
    path("vistas/<uuid:pk>/quitar/", page(Permission.OFFICE_ENTER, saved_views.remove), name="office_view_remove"),
    path("personas-adultas/", page(Permission.GUARDIAN_CHECK, Guardians.as_view()), name="office_guardians"),
    path(
        "personas-adultas/resultados/",
        page(Permission.GUARDIAN_CHECK, Guardians.as_view(results_only=True)),
        name="office_guardians_results",
    ),
    path("personas-adultas/<uuid:pk>/", page(Permission.PERSON_READ, GuardianPage.as_view()), name="office_guardian"),
    path(
        "personas-adultas/<uuid:pk>/no/",
        page(Permission.GUARDIAN_CHECK, guardians.refuse),
        name="office_guardian_refuse",
    ),
    path(
        "personas-adultas/<uuid:pk>/retirar/",
        page(Permission.GUARDIAN_CHECK, guardians.withdraw),
        name="office_guardian_withdraw",
    ),
    path("consultas/", page(Permission.INQUIRY_READ, Inquiries.as_view()), name="office_inquiries"),
    path(
        "consultas/resultados/",
        page(Permission.INQUIRY_READ, Inquiries.as_view(results_only=True)),
        name="office_inquiries_results",
    ),
    path("consultas/<uuid:pk>/", page(Permission.INQUIRY_READ, InquiryPage.as_view()), name="office_inquiry"),
    path("cuenta/", page(Permission.OFFICE_ENTER, AccountView.as_view()), name="wagtailadmin_account"),
]
WAGTAILS: list[URLPattern | URLResolver] = [
    path("salir/", signed_in(LogoutView.as_view(next_page="/")), name="wagtailadmin_logout"),
    path("iconos/", public(sprite), name="wagtailadmin_sprite"),
    path("palabras/", public(localized_js_catalog), name="wagtailadmin_javascript_catalog"),
    path("-/descartes/", closed, name="wagtailadmin_dismissibles"),
    path("-/paginas/", closed, name="wagtailadmin_explore_root"),
    path("-/bloques/", closed, name="wagtailadmin_block_preview"),
    path(
        "-/api/",
        include(
            (
                [
                    path(f"{kind}/", include(([path("", closed, name="listing")], kind)))
                    for kind in ("pages", "documents", "images")
                ],
                "wagtailadmin_api",
            )
        ),
    ),
]
urlpatterns = [*OURS, *centres, *elsewhere, *issuing, *sessions, *definitions, *WAGTAILS]
