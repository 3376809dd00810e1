"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import language, modules, phone_page, views, worker

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("trabajador.js", worker.worker, name="worker"),
    path("app/<str:asked>/shell.json", worker.shell_parts, name="shell_parts"),
    path("app/<str:asked>/<str:name>", modules.module, name="phone_module"),
    path("telefono/", phone_page.phone, name="phone"),
    path("idioma/", language.choose, name="language"),
]
