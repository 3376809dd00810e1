"""The field's shared look, shell and protections."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "trenza.portals.field"
    label = "field"
    verbose_name = "Field pages"
