"""The schemas that editors use say what the code says: on the courses that ship, and on what the code refuses."""

import dataclasses
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.apps.learning.content.examples import COURSE, course_files, errors_of
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Options, read_options
from trenza.apps.learning.content.manifest import KEYS, LESSON_KEYS
from trenza.apps.learning.content.schema import (
    course_schema,
    glossary_schema,
    import_schema,
    lesson_schema,
    schema_files,
)

REPOSITORY = Path(__file__).parents[4]
COURSES = sorted((REPOSITORY / "programmes").glob("*/courses/*/course.toml"))


SOURCE = 'title = "A"\nminutes = 5\n[[source]]\n'


def front_matter(lesson: Path) -> dict[str, Any]:
    return tomllib.loads(lesson.read_text(encoding="utf-8").split("+++\n")[1])


def faults(schema: Any, table: dict[str, Any]) -> list[str]:
    """Where a table does not follow a schema; what is missing or unknown stands under an empty path."""
    found: Iterator[Any] = Draft202012Validator(schema).iter_errors(table)
    return sorted("/".join(map(str, error.absolute_path)) for error in found)


def test_schemas_follow_the_draft():
    for schema in (course_schema(), glossary_schema(), lesson_schema(), import_schema()):
        Draft202012Validator.check_schema(schema)


def test_schemas_in_the_documentation_are_current():
    written = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "docs" / "schemas").glob("*")}

    assert {name: written.get(name) for name in schema_files()} == schema_files(), (
        "Write them anew: trenza course schema docs/schemas"
    )


def test_schemas_know_the_keys_that_the_code_reads():
    assert tuple(course_schema()["properties"]) == KEYS
    assert tuple(lesson_schema()["properties"]) == LESSON_KEYS
    assert tuple(import_schema()["properties"]) == tuple(field.name for field in dataclasses.fields(Options))


@pytest.mark.parametrize("path", COURSES, ids=lambda path: path.parent.name)
def test_courses_that_ship_follow_the_schemas(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    assert faults(course_schema(), table) == []
    assert [faults(lesson_schema(), front_matter(path.parent / name)) for name in table["lessons"]] == [
        [] for _ in table["lessons"]
    ]


def test_there_are_courses_to_look_at():
    assert len(COURSES) >= 25


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("format = 1", "format = 2", "format"),
        ("format = 1", "format = true", "format"),
        ("format = 1\n", "", ""),
        ("format = 1", "format = 1\ncolour = 'red'", ""),
        ('"first-steps"', '"First Steps"', "code"),
        ('"first-steps"', f'"{"a" * 65}"', "code"),
        ('"First steps"', '"  "', "title"),
        ('"First steps"', f'"{"a" * 201}"', "title"),
        ('"First steps"', "3", "title"),
        ('"en"', '"english language"', "language"),
        ('"CC-BY-SA-4.0"', '"CC BY-SA 4.0"', "licence"),
        ('["Trenza"]', "[]", "authors"),
        ('["Trenza"]', '"Trenza"', "authors"),
        ('["Trenza"]', '[" "]', "authors/0"),
        ("lessons =", "pass_score = 2\nlessons =", "pass_score"),
        ("lessons =", "pass_score = '1'\nlessons =", "pass_score"),
        ("lessons =", "level = 'easy'\nlessons =", "level"),
        ("01-password.md", "Password.md", "lessons/0"),
        ("01-password.md", "01-password.txt", "lessons/0"),
        ('["01-password.md"]', '["01-password.md", "01-password.md"]', "lessons"),
        ('["01-password.md"]', "[]", "lessons"),
    ],
)
def test_course_that_the_code_refuses_is_refused_by_the_schema(old, new, where):
    changed = COURSE.replace(old, new, 1)
    assert changed != COURSE

    assert faults(course_schema(), tomllib.loads(changed)) == [where]
    assert errors_of(course_files(course=changed)) != []


@pytest.mark.parametrize(
    ("front", "where"),
    [
        ("minutes = 5", ""),
        ('title = "A"', ""),
        ('title = "A"\nminutes = 0', "minutes"),
        ('title = "A"\nminutes = 241', "minutes"),
        ('title = "A"\nminutes = 2.5', "minutes"),
        ('title = ""\nminutes = 5', "title"),
        ('title = "A"\nminutes = 5\nauthor = "B"', ""),
        ('title = "A"\nminutes = 5\nsummary = 3', "summary"),
        ('title = "A"\nminutes = 5\ndigcomp = "1.1"', "digcomp"),
        ('title = "A"\nminutes = 5\ndigcomp = ["1.4"]', "digcomp/0"),
        ('title = "A"\nminutes = 5\ndigcomp = ["1.1", "1.1"]', "digcomp"),
        ('title = "A"\nminutes = 5\noffline = 3', "offline"),
        ('title = "A"\nminutes = 5\nsource = "B"', "source"),
        (f"{SOURCE}title = 'B'\nurl = 'https://example.org'", "source/0"),
        (f"{SOURCE}title = 'B'\nurl = 'https://example.org'\ndate = '2024'\nby = 'C'", "source/0"),
        (f"{SOURCE}title = 'B'\nurl = 'example.org'\ndate = '2024'", "source/0/url"),
        (f"{SOURCE}title = 'B'\nurl = 'https://example.org'\ndate = 'May'", "source/0/date"),
        (f"{SOURCE}title = ' '\nurl = 'https://example.org'\ndate = '2024'", "source/0/title"),
    ],
)
def test_lesson_that_the_code_refuses_is_refused_by_the_schema(front, where):
    files = {**course_files(), "01-password.md": f"+++\n{front}\n+++\nText.\n".encode()}

    assert faults(lesson_schema(), tomllib.loads(front)) == [where]
    assert errors_of(files) != []


@pytest.mark.parametrize(
    ("text", "where"),
    [('videos = "play"', "videos"), ("split = 'yes'", "split"), ("colour = 'red'", ""), ("title = 3", "title")],
)
def test_import_that_the_code_refuses_is_refused_by_the_schema(text, where):
    assert faults(import_schema(), tomllib.loads(text)) == [where]
    with pytest.raises(CourseErrors):
        read_options(text.encode())


def test_files_of_the_schemas_are_json():
    assert [json.loads(text)["type"] for text in schema_files().values()] == ["object"] * 4
