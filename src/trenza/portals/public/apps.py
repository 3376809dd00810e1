from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "trenza.portals.public"
    label = "public"
