"""Addresses of the learner's portal."""

from django.urls import path

from trenza.portals.learner.views import (
    awards,
    calendar,
    courses,
    data,
    enrolments,
    family,
    history,
    home,
    lessons,
    packs,
    sessions,
    teaching,
    tracks,
)

_HERS = "mi/inscripciones/<uuid:enrolment>/"

urlpatterns = [
    path("mi/", home.home, name="learner_home"),
    path("mi/historia/", history.history, name="learner_history"),
    path("mi/datos/", data.data, name="learner_data"),
    path("mi/familia/", family.family, name="learner_family"),
    path("mi/datos/descargar/", data.download, name="data_download"),
    path("mi/datos/acuerdos/<slug:text>/retirar/", data.withdraw, name="consent_withdraw"),
    path("mi/sesiones.ics", sessions.calendar, name="learner_calendar"),
    path("mi/calendario/", calendar.address, name="calendar_address"),
    path("mi/calendario/quitar/", calendar.end, name="calendar_end"),
    path("calendario/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path("mi/sesiones/", sessions.hers, name="learner_sessions"),
    path("mi/sesiones/<uuid:session>/apuntarme/", sessions.sign_up, name="learner_session_join"),
    path("mi/sesiones/<uuid:session>/dejar/", sessions.withdraw, name="learner_session_leave"),
    path("mi/sesiones/<uuid:session>/llegue/", sessions.check_in, name="learner_check_in"),
    path(_HERS, enrolments.enrolment, name="enrolment"),
    path(f"{_HERS}plan/", enrolments.plan, name="enrolment_plan"),
    path(f"{_HERS}curso/", tracks.change, name="enrolment_track"),
    path(f"{_HERS}descansar/", enrolments.rest, name="enrolment_rest"),
    path(f"{_HERS}dejar/", enrolments.leave, name="enrolment_leave"),
    path(f"{_HERS}volver/", enrolments.come_back, name="enrolment_return"),
    path("cursos/<slug:course>/", courses.course, name="course"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/laminas/", teaching.slides, name="lesson_slides"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/hoja/", teaching.handout, name="lesson_handout"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/guia/", teaching.guide, name="lesson_guide"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/responder/", lessons.respond, name="lesson_respond"),
    path("mi/becas/<uuid:award>/", awards.award, name="award"),
    path("mi/becas/<uuid:award>/dejar/", awards.decline, name="award_decline"),
    path("mi/becas/<uuid:award>/esperar/", awards.wait_again, name="award_wait_again"),
    path("archivos/<str:name>", lessons.file, name="course_file"),
    path("paquetes/<slug:course>/<str:version>.json", packs.manifest, name="pack"),
]
