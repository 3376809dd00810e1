"""Who may see a credential as a person's, who may revoke it, correct the name on it, or choose what others see of it.
Its public page is for whoever knows its code."""

from django.db.models import Q, QuerySet

from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import Permission, Person, Reach, reach_of
from trenza.apps.programmes.api import Edition
from trenza.core.access import Rule


def within(reach: Reach) -> Q:
    """The condition that a credential lies within `reach`. Editions are few and asked for apart."""
    if reach.everything:
        return reach.q()
    editions = Edition.objects.filter(reach.q(programme="programme", edition="pk"))
    return Q(enrolment__edition__in=editions.values("pk")) | reach.q(region="enrolment__region")


def _readable(viewer: Person | None) -> QuerySet[Credential]:
    if viewer is None:
        return Credential.objects.none()
    return Credential.objects.filter(within(reach_of(viewer, Permission.CREDENTIAL_READ)) | Q(person=viewer))


def _revocable(viewer: Person | None) -> QuerySet[Credential]:
    """Nobody takes back her own, or gives it up: what she earned stays earned."""
    if viewer is None:
        return Credential.objects.none()
    return Credential.objects.filter(within(reach_of(viewer, Permission.CREDENTIAL_REVOKE))).exclude(person=viewer)


def _own(viewer: Person | None) -> QuerySet[Credential]:
    return Credential.objects.filter(person=viewer) if viewer else Credential.objects.none()


def _correctable(viewer: Person | None) -> QuerySet[Credential]:
    if viewer is None:
        return Credential.objects.none()
    return Credential.objects.filter(within(reach_of(viewer, Permission.CREDENTIAL_CORRECT)) | Q(person=viewer))


readable_credentials: Rule[Person | None, Credential] = Rule(_readable)
revocable_credentials: Rule[Person | None, Credential] = Rule(_revocable)
own_credentials: Rule[Person | None, Credential] = Rule(_own)
correctable_credentials: Rule[Person | None, Credential] = Rule(_correctable)
