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
        "there are conectate, emprendimiento, formadoras, otra; write courses/ciberseguridad/"
    )
