"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import language, modules, phone_page, views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("app/<str:asked>/<str:name>", modules.module, name="phone_module"),
    path("telefono/", phone_page.phone, name="phone"),
    path("idioma/", language.choose, name="language"),
]
