"""The simulator: the same seed gives the same journal, and what it leaves is a whole journal."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import database
from trenza.apps.learning import api as learning
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme, load_definition
from trenza.cli import simulator
from trenza.core import clock
from trenza.core.definition import read_definition
from trenza.core.journal import check, everything

PROGRAMMES = Path(__file__).parents[2] / "programmes"
TODAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def load(code: str) -> Programme:
    for path in sorted((PROGRAMMES / code / "courses").glob("*/course.toml")):
        learning.publish_course(course=learning.build_course(path.parent)[0], by=None)
    return load_definition(definition=read_definition(PROGRAMMES / code), by=None, today=TODAY.date())


def simulate(code: str, *, seed: str = "1") -> list[tuple[Any, ...]]:
    """The journal that `code` leaves: kind, about whom, when it happened, data; without what loading wrote."""
    with clock.travel(TODAY):
        programme = load(code)
        before = sum(1 for _ in everything())
        simulator.simulate(programme, people=12, seed=seed, until=TODAY)
    lines = list(everything())[before:]
    return [(line.kind, line.person, line.happened_at, msgspec.json.decode(line.data)) for line in lines]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["mujeres-online", "tigo-conectadas", "iyf-conectadas"])
def test_simulate_gives_the_same_journal_for_the_same_seed(code):
    first = simulate(code)
    assert check() == []
    database.restore_template()
    second = simulate(code)
    database.restore_template()
    other = simulate(code, seed="2")

    assert first == second
    assert first != other
    kinds = Counter(kind for kind, *_ in first)
    assert kinds["people.person_registered.v1"] == 12 + 3  # and the trainer, coordinator and mentor who confirm
    assert kinds["learning.lesson_completed.v1"] > 0
    assert kinds["programmes.enrolled.v1"] > 0


@pytest.mark.django_db
def test_simulated_people_are_marked_and_nobody_else_is_needed():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        assert not simulator.is_simulated(programme)
        result = simulator.simulate(programme, people=5, seed="1", until=TODAY)

    assert simulator.is_simulated(programme)
    assert result.people == 5
    assert Person.objects.filter(synthetic=False).count() == 0


@pytest.mark.django_db
def test_simulate_says_when_no_call_has_begun():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        with pytest.raises(LookupError, match="no call of"):
            simulator.simulate(programme, people=1, seed="1", until=datetime(2020, 1, 1, tzinfo=UTC))
