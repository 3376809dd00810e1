"""A family takes part together: she opens a household, a relative joins it with its code, each may leave it."""

from typing import Final

from django.db import IntegrityError, transaction

from trenza.apps.people.actions.person import require_herself
from trenza.apps.people.errors import HouseholdFull, HouseholdUnknown, InAnotherHousehold
from trenza.apps.people.events import HouseholdJoined, HouseholdLeft
from trenza.apps.people.households import household_of, household_with, members_of
from trenza.apps.people.models import Household, HouseholdMember, Person
from trenza.core import clock
from trenza.core.ids import new_secret_code
from trenza.core.journal import action, record

MOST_MEMBERS: Final = 12
_CODE_LENGTH: Final = 10


@action
def open_household(*, person: Person, by: Person | None) -> Household:
    """Her household; a new one with her alone where she is in none. Raises NotAllowed where `by` is somebody else."""
    require_herself(person, by)
    found = household_of(person)
    if found is None:
        found = Household.objects.create(code=new_secret_code(_CODE_LENGTH), made_at=clock.now())
        _join(found, person, by)
    return found


@action
def join_household(*, person: Person, code: str, by: Person | None) -> Household:
    """Join the household of this code. Whoever is in it already stays.

    Raises:
        HouseholdUnknown: nobody's household has this code.
        InAnotherHousehold: she leaves that one first.
        HouseholdFull: it has as many members as one may have.
        NotAllowed: `by` is somebody else.
    """
    require_herself(person, by)
    found = household_with(code)
    if found is None:
        raise HouseholdUnknown
    Household.objects.select_for_update().get(pk=found.pk)
    own = household_of(person)
    if own is not None:
        if own.pk != found.pk:
            raise InAnotherHousehold
        return found
    if members_of(found).count() >= MOST_MEMBERS:
        raise HouseholdFull
    _join(found, person, by)
    return found


@action
def renew_household_code(*, person: Person, by: Person | None) -> Household:
    """Another code for her household: the one before brings nobody in any more.

    Raises:
        HouseholdUnknown: she is in none.
        NotAllowed: `by` is somebody else.
    """
    require_herself(person, by)
    found = household_of(person)
    if found is None:
        raise HouseholdUnknown
    found.code = new_secret_code(_CODE_LENGTH)
    found.save(update_fields=["code"])
    return found


@action
def leave_household(*, person: Person, by: Person | None) -> None:
    """Leave her household; what she applied for stays hers. May be repeated. Raises NotAllowed."""
    require_herself(person, by)
    member = HouseholdMember.objects.select_for_update().filter(person=person, left_at=None).first()
    if member is None:
        return
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
    record(HouseholdLeft(member=member.pk), by=by.pk if by else None, about=person.pk)


def _join(household: Household, person: Person, by: Person | None) -> None:
    try:
        with transaction.atomic():
            member = HouseholdMember.objects.create(household=household, person=person, joined_at=clock.now())
    except IntegrityError as error:  # in another browser at the same moment
        raise InAnotherHousehold from error
    record(HouseholdJoined(member=member.pk), by=by.pk if by else None, about=person.pk)
