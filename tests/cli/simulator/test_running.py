"""The same seed gives the same journal, and what it leaves is a whole journal."""

import io
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import database
from tests.cli.simulator.examples import TODAY, digest, load
from trenza.apps.admissions.api import (
    Application,
    Award,
    Call,
    ReplayNotValid,
    draw_of,
    replay_of,
    verify_replay,
)
from trenza.apps.impact.counting import counts
from trenza.apps.learning.models import ActiveDay
from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import Enrolment
from trenza.cli import simulator
from trenza.core import clock
from trenza.core.journal import check, everything, last_position
from trenza.core.models import SetAside

REPOSITORY = Path(__file__).parents[3]
HISTORY = {
    "mujeres-online": "julio-agosto-2019",
    "tigo-conectadas": "un-ano",
    "iyf-conectadas": "dieciocho-meses",
}
# Each change is held to one of them; a sweep goes through all.
OTHERS = [pytest.mark.one_engine, pytest.mark.sweep]
EACH = [pytest.param(code, marks=[] if code == "mujeres-online" else OTHERS) for code in HISTORY]


def simulate(code: str, *, seed: str = "1", people: int = 12, scenario: str = simulator.DEMONSTRATION) -> str:
    """The digest of the journal that `code` leaves, without what loading wrote."""
    with clock.travel(TODAY):
        programme = load(code)
        before = last_position()
        simulator.simulate(programme, scenario=scenario, people=people, seed=seed)
    return digest(after=before)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", EACH)
def test_simulate_gives_the_same_journal_for_the_same_seed(code):
    first = simulate(code)
    assert check() == []
    kinds = Counter(line.kind for line in everything())
    database.restore_template()
    second = simulate(code)
    database.restore_template()
    other = simulate(code, seed="2")

    assert first == second
    assert first != other
    assert kinds["people.person_registered.v1"] == 12 + 3  # and the trainer, coordinator and mentor who confirm
    assert kinds["learning.lesson_completed.v1"] > 0
    assert kinds["programmes.enrolled.v1"] > 0


@pytest.mark.slow
def test_simulate_gives_the_same_journal_in_another_process_whatever_the_order_of_its_hashes(tmp_path):
    def run(seed: str) -> str:
        environment = os.environ | {
            "TRENZA_HOME": str(tmp_path / seed),
            "DJANGO_SETTINGS_MODULE": "trenza.settings.laptop",
            "PYTHONHASHSEED": seed,
        }
        environment.pop("TRENZA_DATABASE_URL", None)
        command = [sys.executable, "-m", "tests.cli.simulator.journal_of", "mujeres-online", "julio-agosto-2019", "12"]
        done = subprocess.run([*command, "1"], env=environment, cwd=REPOSITORY, capture_output=True, check=True)
        return done.stdout.decode().strip()

    assert run("1") == run("2")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", EACH)
def test_history_has_its_numbers_and_leaves_a_whole_journal(code):
    simulate(code, scenario=HISTORY[code], people=24)

    assert check() == []
    assert Person.objects.filter(role_grants=None).count() == 24
    assert set(Enrolment.objects.values_list("edition__demonstration", flat=True)) == {False}
    refused = set(SetAside.objects.values_list("reason", flat=True))
    assert refused <= {"bad_time", "same_identity_other_content"}


@pytest.mark.one_engine
@pytest.mark.django_db
def test_awards_of_2019_are_shared_out_as_the_scenario_says():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        scenario = simulator.scenarios_of(programme)["julio-agosto-2019"].scaled(people=70)
        result = simulator.simulate(programme, scenario="julio-agosto-2019", people=70, seed="1")

    wanted = {group.region: group.places for group in scenario.group}
    awards = Award.objects.filter(call__follow_on=None)
    awarded = Counter(award.region.code for award in awards.select_related("region") if award.region)
    assert result.awards == sum(awarded.values())
    assert all(awarded[region or ""] <= (places or 0) for region, places in wanted.items())
    assert awarded["el-alto"] == wanted["el-alto"]
    moments = awards.order_by("awarded_at").values_list("awarded_at", flat=True)
    assert (moments[0].year, moments[0].month) == (2019, 7)
    assert max(moments) <= datetime(2019, 9, 1, 5, tzinfo=UTC)
    assert not Application.objects.filter(state="submitted").exists()


@pytest.mark.one_engine
@pytest.mark.django_db
def test_days_on_which_somebody_learned_lie_within_the_story_though_clocks_are_wrong():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        simulator.simulate(programme, scenario="julio-agosto-2019", people=80, seed="1")

    shown = {line.happened_at.year for line in everything() if line.kind.startswith("learning.question")}
    assert shown - {2019}, "no clock is wrong: choose another seed"
    assert {day.year for day in ActiveDay.objects.values_list("day", flat=True)} == {2019}


@pytest.mark.one_engine
@pytest.mark.django_db
def test_the_demonstration_holds_a_draw_whose_replay_file_repeats_and_no_byte_of_it_may_change():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        simulator.simulate(programme, people=None, seed="1")

    call = programme.calls.get(code="sorteo")
    draw = draw_of(call)
    assert draw
    published = b"".join(replay_of(draw))
    report = verify_replay(io.BytesIO(published))
    assert (report.faults, report.reserved + report.at_large, report.filled) == ([], 20, (5, 5))
    assert call.awards.count() == 20
    assert call.applications.filter(state="accepted").count() > 10
    unseen = [place for place in range(len(published)) if _verifies(_changed(published, place))]
    assert unseen == []


def _changed(published: bytes, place: int) -> bytes:
    return published[:place] + bytes([published[place] ^ 1]) + published[place + 1 :]


def _verifies(published: bytes) -> bool:
    try:
        return not verify_replay(io.BytesIO(published)).faults
    except ReplayNotValid:
        return False


@pytest.mark.django_db
def test_simulated_people_are_marked_and_never_counted_with_real_ones():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        result = simulator.simulate(programme, scenario="julio-agosto-2019", people=5, seed="1")
        counted = counts(programme, zone=Call.objects.all()[0].zone)

    edition = programme.editions.get(code="2019")
    assert simulator.is_simulated(edition)
    assert result.people == 5
    assert Person.objects.filter(synthetic=False).count() == 0
    assert (counted.real["applications"].total, counted.demonstration["applications"].total) == (0, 5)


@pytest.mark.django_db
def test_nobody_made_up_comes_into_a_real_edition_where_somebody_real_is():
    programme = load("mujeres-online")
    register_person(given_name="Ana", family_name="Quispe", email="ana@example.org")

    with pytest.raises(simulator.RealPeople):
        simulator.simulate(programme, scenario="julio-agosto-2019", people=1, seed="1", until=TODAY)

    assert Application.objects.count() == 0


@pytest.mark.django_db
def test_simulate_happens_once_in_an_edition():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        simulator.simulate(programme, people=2, seed="1")
        with pytest.raises(simulator.AlreadySimulated):
            simulator.simulate(programme, people=2, seed="2")


@pytest.mark.django_db
def test_simulate_says_when_no_call_has_begun():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        with pytest.raises(LookupError, match="no call of"):
            simulator.simulate(programme, people=1, seed="1", until=datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.django_db
def test_simulate_names_the_scenarios_that_there_are():
    with clock.travel(TODAY):
        programme = load("mujeres-online")
        with pytest.raises(LookupError, match="it has: julio-agosto-2019, demonstration"):
            simulator.simulate(programme, scenario="otro", seed="1")
