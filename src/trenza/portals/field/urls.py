"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import apart, language, modules, phone_page, views, worker

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("trabajador.js", worker.worker, name="worker"),
    path("app/<str:asked>/shell.json", worker.shell_parts, name="shell_parts"),
    path("app/aparte/<str:asked>/<str:name>", apart.module, name="apart_module"),
    path("app/<str:asked>/<str:name>", modules.module, name="phone_module"),
    path("telefono/", phone_page.phone, name="phone"),
    path("telefono/entregar/", phone_page.phone, name="hand_over"),
    path("telefono/lista/", phone_page.phone, name="lists"),
    path("telefono/certificados/", phone_page.phone, name="phone_certificates"),
    path("iconos/<slug:look>.svg", views.icon_drawn, name="icon_drawn"),
    path("iconos/<slug:look>-<int:size>.png", views.icon_picture, name="icon_picture"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("mi/aspecto/", views.appearance, name="appearance"),
    path("idioma/", language.choose, name="language"),
]
