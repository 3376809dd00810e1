"""Who may see and do what in admissions: by role and scope; what is hers, always."""

from django.db.models import Q, QuerySet

from trenza.apps.admissions.models import Appeal, Application, Award, AwardPart, Call, Fulfilment
from trenza.apps.people.api import Permission, Person, Reach, reach_of
from trenza.apps.programmes.api import Region
from trenza.core.access import Rule


def calls_within(reach: Reach) -> Q:
    """The condition that a call lies within `reach`: a region reaches the calls that run in it."""
    return reach.q(programme="programme", edition="edition", region="regions")


def applications_within(reach: Reach, at: str = "") -> Q:
    """The condition that an application, or an award, lies within `reach`: the row itself, or the one `at` a lookup.

    Calls are few and asked for apart: joined to a hundred thousand applications they would be looked up for each.
    """
    if reach.everything:
        return reach.q()
    calls = Call.objects.filter(reach.q(programme="programme", edition="edition"))
    return Q(**{f"{at}call__in": calls.values("pk")}) | reach.q(region=f"{at}region")


def _readable_calls(viewer: Person | None) -> QuerySet[Call]:
    # Through the key: joining regions would repeat rows.
    within = Call.objects.filter(calls_within(reach_of(viewer, Permission.CALL_READ)))
    return Call.objects.filter(pk__in=within.values("pk"))


def _publishable_calls(viewer: Person | None) -> QuerySet[Call]:
    """A region alone does not publish a call that other regions share."""
    reach = reach_of(viewer, Permission.CALL_PUBLISH)
    return Call.objects.filter(reach.q(programme="programme", edition="edition"))


def _readable_applications(viewer: Person | None) -> QuerySet[Application]:
    return Application.objects.filter(applications_within(reach_of(viewer, Permission.APPLICATION_READ)))


def _readable_awards(viewer: Person | None) -> QuerySet[Award]:
    """Who reads an application reads what it was given."""
    return Award.objects.filter(applications_within(reach_of(viewer, Permission.APPLICATION_READ)))


def _awardable_applications(viewer: Person | None) -> QuerySet[Application]:
    """Nobody awards herself."""
    within = applications_within(reach_of(viewer, Permission.APPLICATION_AWARD))
    return Application.objects.filter(within).exclude(person=viewer)


def _reachable_awards(viewer: Person | None) -> QuerySet[Award]:
    """Nobody keeps her own offer: she answers it."""
    within = applications_within(reach_of(viewer, Permission.APPLICATION_AWARD))
    return Award.objects.filter(within).exclude(person=viewer)


def _parts(viewer: Person | None, permission: Permission) -> QuerySet[AwardPart]:
    return AwardPart.objects.filter(applications_within(reach_of(viewer, permission), "award__"))


def _readable_parts(viewer: Person | None) -> QuerySet[AwardPart]:
    return _parts(viewer, Permission.APPLICATION_READ)


def _keepable_parts(viewer: Person | None) -> QuerySet[AwardPart]:
    return _parts(viewer, Permission.APPLICATION_AWARD).exclude(award__person=viewer)


def _awardable_calls(viewer: Person | None) -> QuerySet[Call]:
    """Awarding in order looks at every applicant of a call, so it takes the whole call."""
    reach = reach_of(viewer, Permission.APPLICATION_AWARD)
    return Call.objects.filter(reach.q(programme="programme", edition="edition"))


def _importable_calls(viewer: Person | None) -> QuerySet[Call]:
    within = Call.objects.filter(calls_within(reach_of(viewer, Permission.PERSON_IMPORT)), follow_on=None)
    return Call.objects.filter(pk__in=within.values("pk"))


def _bringable_calls(viewer: Person | None) -> QuerySet[Call]:
    reach = reach_of(viewer, Permission.APPLICATION_BRING)
    within = Call.objects.filter(calls_within(reach) | calls_within(reach_of(viewer, Permission.PERSON_IMPORT)))
    return Call.objects.filter(pk__in=within.values("pk"))


def may_bring_into(viewer: Person, call: Call, region: Region | None) -> bool:
    """Whether she may bring people into this call, in this region, by a list or in person: within her own scope."""
    return any(
        reach.everything
        or reach.covers_any(programme=call.programme_id, edition=call.edition_id)
        or (region is not None and reach.covers_any(region=region.pk))
        for reach in (reach_of(viewer, Permission.PERSON_IMPORT), reach_of(viewer, Permission.APPLICATION_BRING))
    )


def _own_applications(viewer: Person | None) -> QuerySet[Application]:
    return Application.objects.filter(person=viewer) if viewer else Application.objects.none()


def _own_awards(viewer: Person | None) -> QuerySet[Award]:
    return Award.objects.filter(person=viewer) if viewer else Award.objects.none()


bringable_calls: Rule[Person | None, Call] = Rule(_bringable_calls)


def _readable_appeals(viewer: Person | None) -> QuerySet[Appeal]:
    """Who answers them: whoever may award a place to the application, and never her own."""
    within = applications_within(reach_of(viewer, Permission.APPLICATION_AWARD), "application__")
    return Appeal.objects.filter(within).exclude(application__person=viewer)


def _undoable_fulfilments(viewer: Person | None) -> QuerySet[Fulfilment]:
    return Fulfilment.objects.filter(application__in=_awardable_applications(viewer).values("pk"), undone_at=None)


importable_calls: Rule[Person | None, Call] = Rule(_importable_calls)
readable_calls: Rule[Person | None, Call] = Rule(_readable_calls)
publishable_calls: Rule[Person | None, Call] = Rule(_publishable_calls)
awardable_calls: Rule[Person | None, Call] = Rule(_awardable_calls)
readable_applications: Rule[Person | None, Application] = Rule(_readable_applications)
awardable_applications: Rule[Person | None, Application] = Rule(_awardable_applications)
readable_awards: Rule[Person | None, Award] = Rule(_readable_awards)
reachable_awards: Rule[Person | None, Award] = Rule(_reachable_awards)
readable_parts: Rule[Person | None, AwardPart] = Rule(_readable_parts)
keepable_parts: Rule[Person | None, AwardPart] = Rule(_keepable_parts)
own_applications: Rule[Person | None, Application] = Rule(_own_applications)
own_awards: Rule[Person | None, Award] = Rule(_own_awards)
readable_appeals: Rule[Person | None, Appeal] = Rule(_readable_appeals)
undoable_fulfilments: Rule[Person | None, Fulfilment] = Rule(_undoable_fulfilments)
