from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "trenza.apps.places"
    label = "places"
    verbose_name = _("Centres")

    def ready(self) -> None:
        # Models are ready only now.
        from trenza.apps.places import events, scopes
        from trenza.apps.places.models import Centre
        from trenza.core.journal import witness

        scopes.register()
        witness(Centre, events.CentreOpened, "centre")
