from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "trenza.apps.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        # Models are ready only now.
        from trenza.apps.people import devices, events, handlers, hub, privacy
        from trenza.apps.people.models import (
            Card,
            Consent,
            Guardianship,
            HouseholdMember,
            Merge,
            Person,
            PersonDevice,
            Pin,
            RoleGrant,
        )
        from trenza.apps.sync.api import register_owners
        from trenza.core.journal import witness

        witness(Person, events.PersonRegistered, "person")
        witness(Consent, events.ConsentGiven, "consent")
        witness(RoleGrant, events.RoleGranted, "grant")
        witness(Guardianship, events.GuardianAsked, "guardianship")
        witness(Card, events.CardMade, "card")
        witness(Pin, events.PinSet, "pin")
        witness(PersonDevice, events.DeviceRegistered, "device")
        witness(HouseholdMember, events.HouseholdJoined, "member")
        witness(Merge, events.PersonsMerged, "merge")
        register_owners(devices.secrets_of)
        handlers.register()
        hub.register()
        privacy.register()
