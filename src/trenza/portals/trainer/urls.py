"""Addresses of the trainer's portal."""

from django.urls import path

from trenza.portals.trainer.views import take_in

urlpatterns = [path("recibir/", take_in.take_in, name="take_in")]
