"""What happens between an application that cannot go on yet and one that does."""

import random
from datetime import timedelta

from trenza.apps.admissions import api as admissions
from trenza.apps.admissions.api import Application
from trenza.apps.people import api as people
from trenza.cli.simulator.calendar import Calendar
from trenza.cli.simulator.people import MAIL_DOMAIN, answers
from trenza.cli.simulator.scenario import Answers
from trenza.core import clock

_RELATIONS = (
    people.Guardianship.Relation.MOTHER,
    people.Guardianship.Relation.FATHER,
    people.Guardianship.Relation.GRANDPARENT,
)
_HOW = people.GuardianshipStep.Check.VIDEO_CALL.value


def helps(
    calendar: Calendar, chance: random.Random, application: Application, habits: Answers, checker: people.Person
) -> None:
    """Plan how somebody gets what her application lacks, if she does; `checker` sees to guardians."""
    drawn = chance.random()
    if application.state == Application.State.NEEDS_HELP and drawn < habits.helped:
        later = clock.now() + timedelta(hours=chance.uniform(24, 400))
        calendar.plan(later, lambda: _answers_anew(chance, application))
    elif application.state == Application.State.WAITING_GUARDIAN and drawn < habits.guardians:
        later = clock.now() + timedelta(hours=chance.uniform(10, 200))
        calendar.plan(later, lambda: _names_a_guardian(calendar, chance, application, checker))


def _answers_anew(chance: random.Random, application: Application) -> None:
    """She has got what she lacked, and says so, unless she took her application back meanwhile."""
    person, form = application.person, application.call.form
    assert form is not None
    given = answers(chance, form, person, application.region, yes=1.0)
    try:
        admissions.update_answers(application=application, answers=given, by=person)
    except admissions.WrongState:
        return


def _names_a_guardian(
    calendar: Calendar, chance: random.Random, application: Application, checker: people.Person
) -> None:
    """Somebody who looks after her; the team speaks with that adult some days later, and her application goes on."""
    person = application.person
    guardianship = people.name_guardian(
        person=person,
        name=f"Tutora {person.family_name}",
        relation=chance.choice(_RELATIONS).value,
        email=f"tutora.{person.pk.hex}@{MAIL_DOMAIN}",
        by=person,
    )
    later = clock.now() + timedelta(hours=chance.uniform(24, 300))
    calendar.plan(later, lambda: people.check_guardian(guardianship=guardianship, how=_HOW, by=checker))
