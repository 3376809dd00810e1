from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "trenza.core"
    label = "core"

    def ready(self) -> None:
        from trenza.core import triggers  # models are ready only now
        from trenza.core.journal import writing

        post_migrate.connect(writing.make_authority_device, sender=self, dispatch_uid="core.authority")
        post_migrate.connect(triggers.reinstall, sender=self, dispatch_uid="core.triggers")
        checks.register(triggers.check, checks.Tags.database)
