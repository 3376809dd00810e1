"""When they come, and what they do then: one action, as when somebody arrives from the street."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from trenza.apps.admissions import api as admissions
from trenza.apps.admissions.api import Application, Call
from trenza.apps.people.api import give_consent
from trenza.apps.programmes.api import Enrolment, Region, Track
from trenza.cli.simulator.people import a_person, answers
from trenza.cli.simulator.scenario import Answers, Wave
from trenza.core import clock
from trenza.core.journal import action

CONSENT, CONSENT_VERSION = "data-use", 1


@action
def arrive(
    *, chance: random.Random, mark: str, call: Call, region: Region | None, habits: Answers
) -> Application | Enrolment:
    """Register somebody, with her consent and her application, or her enrolment where the call is open.

    Raises:
        NotEligible, NoSeatLeft: as `sign_up`; nobody was registered.
    """
    person = a_person(chance, mark, call, region, clock.now().date(), male=habits.male)
    give_consent(person=person, text=CONSENT, version=CONSENT_VERSION, by=person)
    if not call.is_selected:
        return admissions.sign_up(call=call, person=person, region=region, by=person)
    assert call.form is not None  # a selected call has one, by constraint
    given = answers(chance, call.form, person, region, yes=habits.yes)
    wishes = _wishes(chance, call)
    return admissions.submit_application(
        call=call, person=person, region=region, answers=given, by=person, wishes=wishes
    )


def _wishes(chance: random.Random, call: Call) -> list[Track]:
    """Some of the tracks of a call with several, in an order of hers."""
    if not call.has_several_tracks:
        return []
    tracks = call.tracks_offered
    return chance.sample(tracks, chance.randint(1, min(len(tracks), admissions.MOST_WISHES)))


def moment_of_arrival(chance: random.Random, call: Call, waves: Sequence[Wave], end: datetime) -> datetime:
    """In one of the waves, mostly in the evening; without waves soon after the call opens, and before `end`."""
    if not waves:
        last = min(call.closes_at, end)
        return call.opens_at + (last - call.opens_at) * chance.betavariate(1.1, 2.2)
    number = chance.choices(range(len(waves)), [wave.parts for wave in waves])[0]
    day = chance.randint(waves[number - 1].until_day + 1 if number else 0, waves[number].until_day)
    return min(call.opens_at + timedelta(days=day, hours=chance.triangular(6, 23, 20)), call.closes_at)
