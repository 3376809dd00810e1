"""The scopes of role grants that programmes owns, and what lies within each."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.people.api import Reach, Scope, register_persons_within, register_scope
from trenza.apps.programmes import rules
from trenza.apps.programmes.models import Edition, Enrolment, Organisation, Region


def register() -> None:
    """An organisation reaches the programme that names it; a programme its editions and regions."""
    register_scope("organisation", contains=_within_organisation)
    register_scope("programme", contains=_within_programme)
    register_persons_within("programmes.enrolments", _enrolled)


def _within_organisation(organisation: UUID) -> Iterable[Scope]:
    found = Organisation.objects.filter(pk=organisation).values_list("programme", flat=True)
    return [Scope("programme", programme) for programme in found]


def _within_programme(programme: UUID) -> Iterable[Scope]:
    editions = Edition.objects.filter(programme=programme).values_list("pk", flat=True)
    regions = Region.objects.filter(programme=programme).values_list("pk", flat=True)
    return [*(Scope("edition", pk) for pk in editions), *(Scope("region", pk) for pk in regions)]


def _enrolled(reach: Reach) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(rules.within(reach))
