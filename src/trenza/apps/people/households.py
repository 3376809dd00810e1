"""Who lives and takes part together: reads."""

from django.db.models import QuerySet

from trenza.apps.forms.api import normal_code
from trenza.apps.people.models import Household, HouseholdMember, Person


def household_of(person: Person) -> Household | None:
    """The family that she is in."""
    member = HouseholdMember.objects.filter(person=person, left_at=None).select_related("household").first()
    return member.household if member else None


def household_with(code: str) -> Household | None:
    """The family of this code, as somebody wrote it; one that everybody left is nobody's."""
    normal = normal_code(code)
    found = Household.objects.filter(code=normal).first() if normal else None
    return found if found and members_of(found).exists() else None


def members_of(household: Household) -> QuerySet[HouseholdMember]:
    """Who is in it, who came first first, with their persons."""
    return HouseholdMember.objects.filter(household=household, left_at=None).select_related("person")
