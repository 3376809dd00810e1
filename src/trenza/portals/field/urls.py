"""Addresses that every portal shares; included at the root."""

from django.urls import path

from trenza.portals.field import language, modules, views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("app/<str:asked>/<str:name>", modules.module, name="phone_module"),
    path("iconos/<slug:look>.svg", views.icon_drawn, name="icon_drawn"),
    path("iconos/<slug:look>-<int:size>.png", views.icon_picture, name="icon_picture"),
    path("mi/aspecto/", views.appearance, name="appearance"),
    path("idioma/", language.choose, name="language"),
]
