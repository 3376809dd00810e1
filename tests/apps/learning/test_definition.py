import shutil
from pathlib import Path

import pytest

from trenza.core.definition import check_directory

PROGRAMME = Path(__file__).parents[3] / "programmes" / "mujeres-online"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "mujeres-online"
    shutil.copytree(PROGRAMME, copy)
    return copy


def test_definition_with_its_courses_has_no_problem(folder):
    assert check_directory(folder) == []


def test_course_that_is_not_there_is_named_with_its_line(folder):
    (folder / "courses/ciberseguridad").rename(folder / "courses/otra")
    source = (folder / "programme.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(source, 1) if 'course = "ciberseguridad"' in text)

    [problem] = check_directory(folder)

    wrong = 'track "alfabetizacion", module "ciberseguridad": the course "ciberseguridad" is not there'
    assert (problem.line, f"{problem.about}: {problem.message}") == (line, wrong)
    assert problem.hint.startswith(
        "there are conectate, curso-emprendimiento, emprendimiento, formadoras, otra; write courses/ciberseguridad/"
    )


@pytest.fixture
def with_levels(tmp_path: Path) -> Path:
    copy = tmp_path / "tigo-conectadas"
    shutil.copytree(PROGRAMME.parent / "tigo-conectadas", copy)
    return copy


def test_bank_that_lacks_questions_for_a_level_is_an_error_with_its_place(with_levels):
    bank = with_levels / "level-check" / "advanced.md"
    text = bank.read_text(encoding="utf-8")
    start, end = text.index("que-preguntan-clientas ="), text.index("datos-de-clientas =")
    bank.write_text(text[:start] + text[end:], encoding="utf-8")

    problems = check_directory(with_levels)

    assert {problem.line for problem in problems} == {line_of(with_levels, 'bank = "level-check"')}
    assert 'level-check/advanced.md: The question "que-preguntan-clientas" is not in `[items]`.' in [
        str(problem.message) for problem in problems
    ]


def test_bank_that_is_not_there_is_an_error(with_levels):
    (with_levels / "level-check").rename(with_levels / "elsewhere")

    [problem] = check_directory(with_levels)

    assert "There is no such folder." in str(problem.message)


def test_track_of_another_level_is_an_error(with_levels):
    source = with_levels / "programme.toml"
    text = source.read_text(encoding="utf-8").replace('advanced = "avanzado"', 'advanced = "maestros-basico"')
    source.write_text(text, encoding="utf-8")

    [problem] = check_directory(with_levels)

    assert str(problem.message) == 'the track "maestros-basico" is not of this level'
    assert str(problem.hint) == 'write level = "advanced" there'
    assert problem.line == line_of(with_levels, 'advanced = "maestros-basico"')


def line_of(folder: Path, words: str) -> int:
    source = (folder / "programme.toml").read_text(encoding="utf-8").splitlines()
    return next(n for n, text in enumerate(source, 1) if words in text)
