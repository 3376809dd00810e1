"""The commands as a person at the keyboard meets them: what they print and how they exit."""

import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person
from tests.shared import shared_data
from trenza.apps.learning.api import record_lesson
from trenza.apps.learning.models import QuestionProgress
from trenza.apps.people.api import register_person
from trenza.cli.commands import main

PROGRAMMES = Path(__file__).parents[2] / "programmes"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.django_db
def test_journal_check_exits_1_and_names_the_row_that_was_changed_by_hand():
    person, version = a_person(), published("uno")
    record_lesson(lesson=version.lessons.get(code="first"), person=person, answers={"a": [1], "b": [0, 1]})
    whole = run("journal", "check")
    QuestionProgress.objects.filter(question="a").update(attempts=7)

    broken = run("journal", "check")

    assert (whole.exit_code, whole.output.startswith("The journal is whole: ")) == (0, True)
    assert broken.exit_code == 1
    assert f"learning.QuestionProgress ({person.id}" in broken.output
    assert "holds {'attempts': 7, " in broken.output
    assert "the journal says {'attempts': 1, " in broken.output


@pytest.mark.django_db
def test_journal_show_lists_entries_in_order_and_says_how_to_go_on():
    person, version = a_person(), published("uno")
    record_lesson(lesson=version.lessons.get(code="first"), person=person, answers={"a": [1]})

    shown = run("journal", "show", "--limit", 2)
    hers = run("journal", "show", "--person", person.id)

    lines = shown.output.splitlines()
    assert [line.split()[2] for line in lines[:2]] == ["people.person_registered.v1", "learning.course_published.v1"]
    assert lines[2] == "… more: --after 2"
    assert [line.split()[2] for line in hers.output.splitlines()] == [
        "people.person_registered.v1",
        "learning.question_answered.v1",
    ]


def test_programme_check_lists_every_problem_with_file_and_line(tmp_path):
    folder = tmp_path / "mujeres-online"
    shutil.copytree(PROGRAMMES / "mujeres-online", folder)
    definition = folder / "programme.toml"
    source = definition.read_text(encoding="utf-8")
    source = source.replace('iso = "BO-L"', 'iso = "BO-XX"').replace('unlock = "in_order"', 'unlok = "in_order"')
    definition.write_text(source, encoding="utf-8")
    course = folder / "courses" / "conectate" / "course.toml"
    course.write_text(course.read_text(encoding="utf-8").replace("format = 1", "format = 9"), encoding="utf-8")

    result = run("programme", "check", folder)

    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line for line in lines if "BO-XX" in line and "programme.toml:" in line] != []
    assert [line for line in lines if "unlok" in line and "programme.toml:" in line] != []
    assert [line for line in lines if "courses/conectate/course.toml:" in line] != []


@pytest.mark.django_db
def test_programme_load_is_repeatable_and_export_is_loadable(tmp_path):
    folder = PROGRAMMES / "mujeres-online"
    first, second = run("programme", "load", folder), run("programme", "load", folder)
    assert first.output == second.output == "mujeres-online: version 1 of its definition, 5 courses.\n"

    copy = tmp_path / "mujeres-online"
    shutil.copytree(folder, copy)
    (copy / "programme.toml").write_text(run("programme", "export", "mujeres-online").output, encoding="utf-8")

    assert run("programme", "load", copy).output == first.output
    assert run("programme", "export", "mujeres-online").output == (copy / "programme.toml").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_programme_with_errors_loads_nothing(tmp_path):
    (tmp_path / "programme.toml").write_text("format = 1\n[programme]\ncode = 3\n", encoding="utf-8")

    result = run("programme", "load", tmp_path)

    assert result.exit_code == 1
    assert run("programme", "export", "3").exit_code == 1


def test_course_build_prints_what_it_kept_of_a_real_course():
    folder = shared_data() / "courses" / "hola-mundo-es"

    result = run("course", "build", folder)

    assert result.exit_code == 0
    assert "lanzar_dado.png" in result.output  # named in a step, and not in the folder


def test_course_build_lists_errors_and_exits_1(tmp_path):
    (tmp_path / "course.toml").write_text('format = 1\ncode = "x"\n', encoding="utf-8")

    result = run("course", "build", tmp_path)

    assert result.exit_code == 1
    assert "course.toml" in result.output


@pytest.mark.django_db
def test_simulate_an_unknown_programme_says_what_to_do():
    result = run("simulate", "unknown")

    assert (result.exit_code, "trenza programme load DIR" in result.output) == (1, True)


@pytest.mark.django_db
def test_simulate_lists_scenarios_and_simulates_one():
    code = "mujeres-online"
    run("programme", "load", PROGRAMMES / code)

    listed = run("simulate", code, "--list")
    done = run("simulate", code, "--scenario", "julio-agosto-2019", "--scale", "1:1000")
    again = run("simulate", code, "--scenario", "julio-agosto-2019", "--people", "3")

    assert "julio-agosto-2019: Julio y agosto de 2019 (edition 2019, 5888 people)" in listed.output
    assert done.output.startswith("mujeres-online: 6 people, ")
    assert "already; nothing was changed" in again.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scale", "100"], "give it as 1:100"),
        (["--scale", "1:0"], "give it as 1:100"),
        (["--scale", "1:10", "--people", "3"], "Give --people or --scale, not both."),
        (["--people", "0"], "0 is not in the range"),
    ],
)
def test_simulate_says_what_is_wrong_with_a_size(arguments, words):
    result = run("simulate", "mujeres-online", *arguments)

    assert (result.exit_code, words in result.output) == (2, True)


@pytest.mark.django_db
def test_simulate_refuses_a_real_edition_where_somebody_real_is():
    run("programme", "load", PROGRAMMES / "mujeres-online")
    register_person(given_name="Ana", family_name="Quispe")

    result = run("simulate", "mujeres-online", "--scenario", "julio-agosto-2019", "--people", "3")

    assert (result.exit_code, "Real people are registered here" in result.output) == (1, True)


@pytest.mark.parametrize("size", ["0", "all"])
def test_demo_says_which_sizes_there_are(size):
    result = run("demo", "--people", size)

    assert (result.exit_code, "--people" in result.output) == (2, True)


@pytest.mark.django_db
def test_programme_check_finds_what_is_wrong_with_its_scenarios(tmp_path):
    folder = tmp_path / "mujeres-online"
    shutil.copytree(PROGRAMMES / "mujeres-online", folder)
    scenarios = folder / "simulation.toml"
    scenarios.write_text(scenarios.read_text().replace('edition = "2019"', 'edition = "2018"'))

    result = run("programme", "check", folder)

    assert (result.exit_code, 'no edition is called "2018"; did you mean "2019"?' in result.output) == (1, True)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_port_that_is_taken_is_said_before_anything_starts(command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = run(command, "--port", port)

    assert result.exit_code == 1
    assert f"Another program uses port {port}" in result.output
