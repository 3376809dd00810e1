"""The scopes of role grants that programmes owns, and what lies within each."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trenza.apps.people.api import Reach, Scope, register_persons_within, register_scope
from trenza.apps.places.api import register_holder
from trenza.apps.programmes import rules
from trenza.apps.programmes.models import Edition, Enrolment, Organisation, Region


def register() -> None:
    """An organisation reaches the programme that names it; a programme its editions and regions."""
    register_scope("organisation", contains=_within_organisation)
    register_scope("programme", contains=_within_programme)
    register_persons_within("programmes.enrolments", _enrolled)
    register_holder("programmes", _holds_centre)


def _within_organisation(organisation: UUID) -> Iterable[Scope]:
    found = Organisation.objects.filter(pk=organisation).values_list("programme", flat=True)
    return [Scope("programme", programme) for programme in found]


def _within_programme(programme: UUID) -> Iterable[Scope]:
    editions = Edition.objects.filter(programme=programme).values_list("pk", flat=True)
    regions = Region.objects.filter(programme=programme).values_list("pk", flat=True)
    return [*(Scope("edition", pk) for pk in editions), *(Scope("region", pk) for pk in regions)]


def _enrolled(reach: Reach) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(rules.within(reach))


def _holds_centre(reach: Reach) -> Q:
    """A programme holds the centres of its organisations. A region holds those that name its code in its country, and
    an organisation of its programme or none: other programmes may call a region the same."""
    held = Q(pk__in=[])
    if regions := reach.ids("region"):
        there = Region.objects.filter(pk__in=regions, code=OuterRef("region"), iso__startswith=OuterRef("country"))
        ours = Organisation.objects.filter(programme=OuterRef("programme"), code=OuterRef(OuterRef("organisation")))
        held |= Q(Exists(there.order_by())) & Q(organisation="")
        held |= Q(Exists(there.filter(Exists(ours.order_by())).order_by()))
    if programmes := reach.ids("programme"):
        codes = Organisation.objects.filter(programme__in=programmes, retired_at=None).order_by().values("code")
        held |= Q(organisation__in=codes)
    return held
