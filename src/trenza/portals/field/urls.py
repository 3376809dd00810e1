"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import language, modules, views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("app/<str:asked>/<str:name>", modules.module, name="phone_module"),
    path("idioma/", language.choose, name="language"),
]
