"""The programmes of this repository hold the facts that are known, and nothing that is not."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from trenza.apps.programmes.api import Programme, export_definition, load_definition
from trenza.core.definition import (
    Definition,
    check_directory,
    parse_definition,
    read_definition,
    render_problems,
    write_definition,
)

PROGRAMMES = Path(__file__).parents[2] / "programmes"
FOLDERS = sorted(path.parent for path in PROGRAMMES.glob("*/programme.toml"))
TODAY = date(2026, 11, 22)


def read(code: str) -> Definition:
    return read_definition(PROGRAMMES / code)


def load(code: str) -> Programme:
    return load_definition(definition=read(code), today=TODAY)


def test_three_programmes_are_here():
    assert [folder.name for folder in FOLDERS] == ["iyf-conectadas", "mujeres-online", "tigo-conectadas"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_definition_is_well(folder):
    assert render_problems(check_directory(folder)) == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_definition_is_written_back_as_it_was_read(folder):
    definition = read_definition(folder)
    written = write_definition(definition)
    again = parse_definition(written.encode())

    assert again.data == definition.data
    assert write_definition(again) == written


@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_definition_is_loaded_exported_and_loaded_again(folder):
    programme = load(folder.name)
    exported = export_definition(programme)

    load_definition(definition=parse_definition(exported.encode()), today=TODAY)

    assert [version.number for version in programme.versions.all()] == [1]
    assert export_definition(programme) == exported


@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_programme_has_a_historical_edition_and_one_to_show_today(folder):
    past, shown = load(folder.name).editions.all()

    assert (past.demonstration, past.ends_on < TODAY) == (False, True)
    assert (shown.demonstration, shown.starts_on, shown.ends_on) == (
        True,
        TODAY - timedelta(days=30),
        TODAY + timedelta(days=150),
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_course_that_a_module_names_is_here_and_every_course_is_named(folder):
    named = {
        module.requirement.course
        for track in read_definition(folder).section("track")
        for module in track.module
        if module.requirement.kind == "course"
    }

    assert named == {path.parent.name for path in folder.glob("courses/*/course.toml")}


def test_tigo_runs_in_nine_countries_on_three_levels_and_for_teachers():
    definition = read("tigo-conectadas")

    assert {region.iso for region in definition.section("region")} == {
        "GT",
        "SV",
        "HN",
        "NI",
        "CR",
        "PA",
        "CO",
        "BO",
        "PY",
    }
    tracks = {track.code: track for track in definition.section("track")}
    assert [(track.level, track.unlock, track.hours, len(track.module)) for track in tracks.values()] == [
        ("basic", "in_order", None, 4),
        ("intermediate", "in_order", None, 3),
        ("advanced", "in_order", None, 3),
        ("basic", "in_order", 100, 4),
        ("intermediate", "in_order", 100, 4),
    ]
    assert definition.find("edition", "2022").starts_on == date(2022, 4, 28)
    assert {call.admission for call in definition.section("call")} == {"open"}
    assert all(call.seats is None and call.rules == () for call in definition.section("call"))
    teachers = definition.find("call", "maestros-basico")
    assert teachers.closes_day < definition.find("edition", "demo").ends_day
    reported = [(each["value"], each["from"], each["to"]) for each in definition.data["reported"]]
    assert (158_881, date(2021, 1, 1), date(2021, 12, 31)) in reported
    assert 150_000 in [value for value, _, _ in reported]


def test_mujeres_online_has_its_own_nine_regions_and_the_seats_that_are_known():
    definition = read("mujeres-online")

    assert {region.code: region.iso for region in definition.section("region")} == {
        "beni": "BO-B",
        "cochabamba": "BO-C",
        "el-alto": "BO-L",
        "oruro": "BO-O",
        "pando": "BO-N",
        "potosi": "BO-P",
        "santa-cruz": "BO-S",
        "sucre": "BO-H",
        "tarija": "BO-T",
    }
    assert {call.code: call.seats for call in definition.section("call")} == {
        "el-alto-2019": 500,
        "regiones-2019": None,
        "el-alto": 500,
        "regiones": None,
        "sorteo": 20,
    }
    called = [code for call in definition.section("call") for code in call.regions if call.edition == "2019"]
    assert sorted(called) == sorted(definition.codes("region"))
    assert [(rule.question, rule.unmet) for rule in definition.section("rule")] == [
        ("plan_when", "help"),
        ("wants_to_learn", "refuse"),
        ("has_email", "help"),
        ("knows_basics", "help"),
    ]
    track, _follow_on, _training = definition.section("track")
    assert [module.requirement.kind for module in track.module] == ["course"] * 3
    assert [(each.after, each.gives) for each in definition.section("follows")] == [
        ("alfabetizacion", "scholarship"),
        ("alfabetizacion", "track"),
    ]
    assert definition.data["credential"][0]["endorsers"] == ("cisco", "pro-mujer")
    assert [each["value"] for each in definition.data["target"] if each.get("edition") != "demo"] == [100_000]
    assert [(each["value"], each["from"], each["to"]) for each in definition.data["reported"]] == [
        (4_679, date(2019, 7, 1), date(2019, 8, 31))
    ]


def test_iyf_accompanies_three_tracks_for_young_women_all_over_mexico():
    definition = read("iyf-conectadas")

    edition = definition.find("edition", "2022-2023")
    assert (edition.starts_on, edition.ends_on) == (date(2022, 1, 1), date(2023, 6, 30))
    assert [region.iso for region in definition.section("region")] == ["MX-CMX", "MX-MEX", "MX-NLE", "MX"]
    age = definition.find("rule", "edad")
    assert (age.question, age.at_least, age.at_most, definition.section("programme")[0].adult_from) == (
        "age", 16, 29, 18,
    )  # fmt: skip
    *tracks, mentors = definition.section("track")
    assert (len(tracks), mentors.code) == (3, "mentoras")
    for track in tracks:
        course, *around, mentoring = track.module
        assert course.requirement.kind == "course"
        assert [module.requirement.course for module in around] == [
            "habilidades-para-la-vida",
            "orientacion-vocacional",
            "preparacion-para-el-empleo",
            "mentoria",
        ]
        assert (mentoring.code, mentoring.requirement.by) == ("mentoria", "mentor")
        assert (track.completion, track.unlock) == ("all", "free")
    assert {activity.kind for activity in definition.section("activity")} >= {
        "mentoring",
        "support",
        "round_table",
        "campaign",
    }
    assert [figure.value for figure in definition.section("context")] == [26.8, 17]
    assert [each["value"] for each in definition.data["target"] if each.get("edition") != "demo"] == [750]
    assert [each["value"] for each in definition.data["reported"]] == [761]
    assert [(call.code, call.tracks, call.seats) for call in definition.section("call")] == [
        ("conectadas-2022", edition.tracks, None),
        ("conectadas", edition.tracks, 750),
    ]
