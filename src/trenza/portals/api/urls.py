"""The addresses for phones' scripts and for hubs."""

from django.urls import path

from trenza.portals.api.views import hubs, profiles, sync

urlpatterns = [
    path("sync", sync.receive, name="sync"),
    path("hub/pair", hubs.pair, name="hub_pair"),
    path("hub/sync", hubs.visit, name="hub_sync"),
    path("telefono/registrar", profiles.register, name="phone_register"),
    path("telefono/entrar", profiles.enter, name="phone_enter"),
    path("telefono/pin", profiles.change_pin, name="phone_pin"),
    path("telefono/olvidar", profiles.forget, name="phone_forget"),
]
