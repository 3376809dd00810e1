"""Who may see a credential as a person's, revoke it, issue it anew, and endorse what it says. Its public page is for
whoever knows its code."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from trenza.apps.credentials.models import Credential, IssuerKey, IssuingRun
from trenza.apps.people.api import Permission, Person, Reach, reach_of, scopes_as
from trenza.apps.programmes.api import Edition, Organisation, Programme
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


def _reissuable(viewer: Person | None) -> QuerySet[Credential]:
    """The team's; her own she corrects on her own page."""
    if viewer is None:
        return Credential.objects.none()
    return Credential.objects.filter(within(reach_of(viewer, Permission.CREDENTIAL_ISSUE))).exclude(person=viewer)


def _programmes(permission: Permission) -> Callable[[Person | None], QuerySet[Programme]]:
    """The programmes that she reaches as a whole."""
    return lambda viewer: Programme.objects.filter(reach_of(viewer, permission).q(programme="pk"))


def _runs(viewer: Person | None) -> QuerySet[IssuingRun]:
    return IssuingRun.objects.filter(reach_of(viewer, Permission.CREDENTIAL_READ).q(programme="programme"))


def _endorsing(viewer: Person | None) -> QuerySet[Organisation]:
    """Only who speaks for the organisation itself: an administrator signs in nobody's name."""
    theirs = [scope.id for scope in scopes_as(viewer, "endorser") if scope.kind == "organisation" and scope.id]
    return Organisation.objects.current().filter(pk__in=theirs)


def _keys(viewer: Person | None) -> QuerySet[IssuerKey]:
    return IssuerKey.objects.filter(organisation__programme__in=key_programmes.which(viewer))


readable_credentials: Rule[Person | None, Credential] = Rule(_readable)
revocable_credentials: Rule[Person | None, Credential] = Rule(_revocable)
reissuable_credentials: Rule[Person | None, Credential] = Rule(_reissuable)
issuing_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_ISSUE))
followed_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_READ))
readable_runs: Rule[Person | None, IssuingRun] = Rule(_runs)
endorsing_organisations: Rule[Person | None, Organisation] = Rule(_endorsing)
key_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_REVOKE))
readable_keys: Rule[Person | None, IssuerKey] = Rule(_keys)
