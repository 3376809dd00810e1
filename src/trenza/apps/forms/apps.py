from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "trenza.apps.forms"
    label = "forms"

    def ready(self) -> None:
        from trenza.apps.forms import privacy
        from trenza.apps.forms.definition import loading

        loading.register()
        privacy.register()
