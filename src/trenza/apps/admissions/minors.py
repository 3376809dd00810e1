"""Who needs a guardian: whoever is younger than the law of her country and the programme ask.

A programme may ask more years than the law, never fewer (docs/decisions/0013-guardians.md).
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from trenza.apps.admissions.models import Application, Call
from trenza.apps.people.api import Person, has_guardian
from trenza.apps.programmes.api import Region, age_on
from trenza.core import reference

BEFORE_A_PLACE: Final[Collection[str]] = (
    Application.State.SUBMITTED,
    Application.State.NEEDS_HELP,
    Application.State.WAITING_LIST,
)
"""States in which an application stops again when her guardian no longer agrees."""


def country_of(call: Call, person: Person, region: Region | None) -> str:
    """Where she is, as far as we know: in her region, else as she said, else where the edition runs; or empty."""
    if person.country and region is None:
        return person.country
    return _country(call, region)


def adult_from(call: Call, person: Person, region: Region | None) -> int:
    """From how many years she needs no guardian for this call."""
    return max(reference.adult_age(country_of(call, person, region)), call.programme.adult_from)


def account_from(call: Call, region: Region | None) -> int:
    """From how many years something of hers may be kept before an adult agrees: what the law of her country says, or
    the programme if that is more; never more than what makes her grown up."""
    country = _country(call, region)
    grown_up = max(reference.adult_age(country), call.programme.adult_from)
    return min(grown_up, max(reference.account_age(country), call.programme.account_from))


def is_too_young_alone(call: Call, born: date, region: Region | None, at: datetime) -> bool:
    """Whether nothing of hers may be kept on this day before an adult agrees."""
    return age_on(born, at.astimezone(call.zone).date()) < account_from(call, region)


def is_minor(call: Call, person: Person, region: Region | None, at: datetime) -> bool:
    """Whether she needs a guardian on this day, where the call runs. Yes where nobody knows when she was born."""
    if person.birth_date is None:
        return True
    return age_on(person.birth_date, at.astimezone(call.zone).date()) < adult_from(call, person, region)


def waits_for_guardian(call: Call, person: Person, region: Region | None, at: datetime) -> bool:
    """Whether she needs a guardian and none whom the team has checked agrees on this day."""
    return is_minor(call, person, region, at) and not has_guardian(person.pk, at.astimezone(call.zone).date())


def _country(call: Call, region: Region | None) -> str:
    if region:
        return region.country
    countries: list[str] = call.edition.countries
    return countries[0] if len(countries) == 1 else ""
