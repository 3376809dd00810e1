"""Who may see and do what with definitions and enrolments: by role and scope, and her own always."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from trenza.apps.people.api import Permission, Person, Reach, expand, grantable, reach_of, scopes_as
from trenza.apps.programmes.models import Edition, Enrolment, Programme, Region, Track
from trenza.core.access import Rule

_COORDINATION = ("coordinator", "administrator")
_TRAINING_SEEN_BY = (*_COORDINATION, "auditor")


def within(reach: Reach, prefix: str = "") -> Q:
    """The condition that an enrolment (found at `prefix`) lies within `reach`. Editions are few and asked for apart."""
    if reach.everything:
        return reach.q()
    editions = Edition.objects.filter(reach.q(programme="programme", edition="pk"))
    return Q(**{f"{prefix}edition__in": editions.values("pk")}) | reach.q(region=f"{prefix}region")


def _visible(viewer: Person | None) -> QuerySet[Enrolment]:
    return _hers_or(viewer, reach_of(viewer, Permission.ENROLMENT_READ))


def _changeable(viewer: Person | None) -> QuerySet[Enrolment]:
    """Her own, and those that she accompanies: who may confirm a requirement may note that somebody pauses. The
    training of who teaches is for who coordinates it: trainers do not rest for each other."""
    if viewer is None:
        return Enrolment.objects.none()
    accompanied = within(reach_of(viewer, Permission.REQUIREMENT_CONFIRM))
    accompanied &= ~Q(track__in=Track.objects.of_trainers().values("pk"))
    coordinated = Q(pk__in=_training_for(viewer, _COORDINATION).order_by().values("pk"))
    return Enrolment.objects.filter(accompanied | coordinated | Q(person=viewer))


def _hers_or(viewer: Person | None, reach: Reach) -> QuerySet[Enrolment]:
    if viewer is None:
        return Enrolment.objects.none()
    return Enrolment.objects.filter(within(reach) | Q(person=viewer))


def enrolments_with(permission: Permission) -> Rule[Person | None, Enrolment]:
    """The rule for whoever looks after enrolments: those within the scopes in which she holds this permission."""
    return Rule(lambda viewer: Enrolment.objects.filter(within(reach_of(viewer, permission))))


def enrolments_to_confirm(role: str) -> Rule[Person | None, Enrolment]:
    """The rule for a module that `role` confirms: who holds this very role there, or coordinates; never oneself."""

    def which(viewer: Person | None) -> QuerySet[Enrolment]:
        if viewer is None:
            return Enrolment.objects.none()
        scopes = [scope for each in {role, *_COORDINATION} for scope in scopes_as(viewer, each)]
        return Enrolment.objects.filter(within(expand(scopes))).exclude(person=viewer)

    return Rule(which)


def _readable_definitions(viewer: Person | None) -> QuerySet[Programme]:
    """A definition holds no person: whoever works in a part of a programme may know how the whole is meant."""
    reach = reach_of(viewer, Permission.DEFINITION_READ)
    within = Programme.objects.filter(reach.q(programme="pk", edition="editions", region="regions"))
    return Programme.objects.filter(pk__in=within.values("pk"))


def _editable_definitions(viewer: Person | None) -> QuerySet[Programme]:
    """A change reaches every edition and region, so it takes the whole programme."""
    return Programme.objects.filter(reach_of(viewer, Permission.DEFINITION_EDIT).q(programme="pk"))


def _training(viewer: Person | None) -> QuerySet[Enrolment]:
    """Of trainers' tracks, what she coordinates or audits; trainers do not look at each other's."""
    return _training_for(viewer, _TRAINING_SEEN_BY)


def _training_for(viewer: Person | None, roles: Sequence[str]) -> QuerySet[Enrolment]:
    scopes = [scope for each in roles for scope in scopes_as(viewer, each)]
    return Enrolment.objects.filter(within(expand(scopes)), track__in=Track.objects.of_trainers().values("pk"))


def _editions_to_train_in(viewer: Person | None) -> QuerySet[Edition]:
    """Current editions with a trainers' track in which she gives trainers their role, everywhere or in a region."""
    reach = _trainers_reach(viewer)
    there = reach.q(programme="programme", edition="pk", region="regions")
    mine = Edition.objects.filter(there, retired_at=None, tracks__in=Track.objects.of_trainers().current().values("pk"))
    return Edition.objects.filter(pk__in=mine.order_by().values("pk"))


def may_train(viewer: Person, edition: Edition, region: Region | None) -> bool:
    """Whether she may enrol a trainer here: who gives the role of trainer in the edition, or in this region."""
    reach = _trainers_reach(viewer)
    whole = reach.everything or reach.covers_any(programme=edition.programme_id, edition=edition.pk)
    return whole or (region is not None and reach.covers_any(region=region.pk))


def _trainers_reach(viewer: Person | None) -> Reach:
    return grantable(viewer).get("trainer", Reach()) if viewer else Reach()


training_enrolments: Rule[Person | None, Enrolment] = Rule(_training)
editions_to_train_in: Rule[Person | None, Edition] = Rule(_editions_to_train_in)
readable_definitions: Rule[Person | None, Programme] = Rule(_readable_definitions)
editable_definitions: Rule[Person | None, Programme] = Rule(_editable_definitions)
enrolments_to_coordinate: Rule[Person | None, Enrolment] = enrolments_to_confirm("coordinator")
visible_enrolments: Rule[Person | None, Enrolment] = Rule(_visible)
changeable_enrolments: Rule[Person | None, Enrolment] = Rule(_changeable)
