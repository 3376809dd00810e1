"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import language, views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("idioma/", language.choose, name="language"),
]
