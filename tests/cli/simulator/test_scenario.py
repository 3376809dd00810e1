"""What a simulation.toml says, and what is wrong with one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.simulator.examples import PROGRAMMES
from trenza.cli.simulator.scenario import read_scenarios, shared_out
from trenza.core.definition import DefinitionErrors, read_definition

SMALL = """format = 1

[[scenario]]
code = "uno"
name = "Uno"
edition = "2019"
assumptions = ["Todo"]

[[scenario.group]]
region = "beni"
into = [{ call = "regiones-2019" }]
people = 30
places = 20
"""


def problems(folder: Path, source: str) -> list[str]:
    (folder / "simulation.toml").write_text(source, encoding="utf-8")
    definition = read_definition(PROGRAMMES / "mujeres-online")
    try:
        read_scenarios(folder, definition)
    except DefinitionErrors as errors:
        return [f"{each.line}: {each.message}; {each.hint}" for each in errors.problems]
    return []


@pytest.mark.parametrize("code", ["iyf-conectadas", "mujeres-online", "tigo-conectadas"])
def test_scenarios_that_ship_agree_with_their_definitions(code):
    folder = PROGRAMMES / code
    assert read_scenarios(folder, read_definition(folder)) != {}


def test_scenario_of_2019_is_what_was_published():
    groups = read_scenarios(PROGRAMMES / "mujeres-online")["julio-agosto-2019"].group

    assert sum(group.places or 0 for group in groups) == 4_679
    assert next(group.places for group in groups if group.region == "el-alto") == 500
    assert len({group.region for group in groups}) == 9


def test_scenarios_of_the_others_are_what_was_published():
    tigo = read_scenarios(PROGRAMMES / "tigo-conectadas")["un-ano"]
    iyf = read_scenarios(PROGRAMMES / "iyf-conectadas")["dieciocho-meses"]

    assert (tigo.people, sum(group.people for group in tigo.scaled().group), len(tigo.group)) == (158_881, 1_589, 9)
    assert (sum(group.places or 0 for group in iyf.group), iyf.awards.accepted) == (761, 1.0)


def test_folder_without_scenarios_has_none(tmp_path):
    assert read_scenarios(tmp_path) == {}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('edition = "2019"', 'edition = "2018"'), '6: no edition is called "2018"; did you mean "2019"?'),
        (("regiones-2019", "regiones"), '11: no call of this edition is called "regiones"; did you mean'),
        (('"beni"', '"el-alto"'), '10: no region of regiones-2019 is called "el-alto"'),
        (("places = 20", "places = 31"), '9: "group" has more places than people'),
        (("people = 30", "people = -1"), '12: "people" must be 0 or more'),
        (("people = 30", "peopel = 30"), "12: "),
        (("format = 1", "format = 2"), "1: "),
        (("[[scenario]]", "[[scenario"), "3: "),
    ],
)
def test_wrong_scenario_is_told_with_its_line(tmp_path, change, problem):
    assert SMALL.count(change[0]) == 1
    found = problems(tmp_path, SMALL.replace(*change))
    assert any(problem in each for each in found), found


def test_scenario_that_stands_twice_is_told(tmp_path):
    found = problems(tmp_path, SMALL + SMALL.removeprefix("format = 1\n"))
    assert found == ['16: the scenario "uno" stands twice; give it another code']


@given(st.integers(0, 10_000), st.lists(st.integers(0, 1_000), min_size=1, max_size=20).filter(any))
def test_shared_out_is_exact_and_no_part_is_one_away_from_its_proportion(total, parts):
    numbers = shared_out(total, parts)

    assert sum(numbers) == total
    assert all(abs(number - total * part / sum(parts)) < 1 for number, part in zip(numbers, parts, strict=True))


@given(st.integers(1, 6_000))
def test_scaled_scenario_has_the_people_asked_for_and_never_more_places_than_people(people):
    scenario = read_scenarios(PROGRAMMES / "mujeres-online")["julio-agosto-2019"].scaled(people=people)

    assert scenario.people == people
    assert all((group.places or 0) <= group.people for group in scenario.group)
