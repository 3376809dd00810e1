"""Addresses of the learner's portal."""

from django.urls import path

from trenza.portals.learner.views import awards, lessons

urlpatterns = [
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("lecciones/<slug:course>/<str:version>/<slug:lesson>/responder/", lessons.respond, name="lesson_respond"),
    path("mis/becas/<uuid:award>/", awards.award, name="award"),
    path("mis/becas/<uuid:award>/dejar/", awards.decline, name="award_decline"),
    path("archivos/<str:name>", lessons.file, name="course_file"),
]
