"""Who may see a credential as a person's, revoke it, correct the name on it, issue it anew, endorse what it says,
or choose what others see of it. Its public page is for whoever knows its code."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from trenza.apps.credentials.models import (
    Credential,
    ExternalCredential,
    Gradebook,
    GradebookRow,
    IssuerKey,
    IssuingRun,
    TrustedIssuer,
)
from trenza.apps.people.api import Permission, Person, Reach, expand, reach_of, scopes_as
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    Organisation,
    Programme,
    changeable_enrolments,
    editable_definitions,
    enrolments_to_coordinate,
)
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
    return Credential.objects.filter(within(reach_of(viewer, Permission.CREDENTIAL_ISSUE)) | Q(person=viewer))


def _readable_externals(viewer: Person | None) -> QuerySet[ExternalCredential]:
    if viewer is None:
        return ExternalCredential.objects.none()
    reach = reach_of(viewer, Permission.CREDENTIAL_READ)
    return ExternalCredential.objects.filter(within(reach) | Q(person=viewer))


def _externals_to_decide(viewer: Person | None) -> QuerySet[ExternalCredential]:
    """Who coordinates her enrolment; never her own."""
    coordinated = enrolments_to_coordinate.which(viewer).order_by()
    return ExternalCredential.objects.filter(enrolment__in=coordinated.values("pk")).exclude(
        person=viewer.pk if viewer else None
    )


def _issuers(viewer: Person | None) -> QuerySet[TrustedIssuer]:
    return TrustedIssuer.objects.filter(programme__in=editable_definitions.which(viewer).values("pk"))


def coordination(viewer: Person | None) -> Reach:
    """Where she coordinates."""
    return expand([scope for role in ("coordinator", "administrator") for scope in scopes_as(viewer, role)])


def _editions_to_exchange(viewer: Person | None) -> QuerySet[Edition]:
    """Those in which she coordinates everything or a region."""
    reach = coordination(viewer)
    there = Edition.objects.filter(reach.q(programme="programme", edition="pk", region="programme__regions"))
    return Edition.objects.filter(pk__in=there.order_by().values("pk"))


def _gradebooks(viewer: Person | None) -> QuerySet[Gradebook]:
    """Her own, and those of editions that she coordinates whole: a row may be about somebody of any region."""
    if viewer is None:
        return Gradebook.objects.none()
    whole = coordination(viewer).q(programme="edition__programme", edition="edition")
    own = Q(by=viewer, edition__in=_editions_to_exchange(viewer).values("pk"))
    return Gradebook.objects.filter(whole | own)


def _grade_rows(viewer: Person | None) -> QuerySet[GradebookRow]:
    return GradebookRow.objects.filter(gradebook__in=_gradebooks(viewer).order_by().values("pk"))


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


enrolments_to_add_to: Rule[Person | None, Enrolment] = changeable_enrolments
readable_externals: Rule[Person | None, ExternalCredential] = Rule(_readable_externals)
externals_to_decide: Rule[Person | None, ExternalCredential] = Rule(_externals_to_decide)
trusted_issuers: Rule[Person | None, TrustedIssuer] = Rule(_issuers)
editions_to_exchange: Rule[Person | None, Edition] = Rule(_editions_to_exchange)
gradebooks: Rule[Person | None, Gradebook] = Rule(_gradebooks)
grade_rows: Rule[Person | None, GradebookRow] = Rule(_grade_rows)
readable_credentials: Rule[Person | None, Credential] = Rule(_readable)
revocable_credentials: Rule[Person | None, Credential] = Rule(_revocable)
own_credentials: Rule[Person | None, Credential] = Rule(_own)
correctable_credentials: Rule[Person | None, Credential] = Rule(_correctable)
reissuable_credentials: Rule[Person | None, Credential] = Rule(_reissuable)
issuing_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_ISSUE))
followed_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_READ))
readable_runs: Rule[Person | None, IssuingRun] = Rule(_runs)
endorsing_organisations: Rule[Person | None, Organisation] = Rule(_endorsing)
key_programmes: Rule[Person | None, Programme] = Rule(_programmes(Permission.CREDENTIAL_REVOKE))
readable_keys: Rule[Person | None, IssuerKey] = Rule(_keys)
