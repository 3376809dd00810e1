from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "trenza.apps.forms"
    label = "forms"
