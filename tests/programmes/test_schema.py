"""docs/schemas/programme.schema.json is what the code says, and editors that follow it are not misled."""

import json
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.core.definition.examples import GOOD
from tests.programmes.test_format import EXAMPLE
from trenza.core.definition import all_sections, definition_schema, keys_of, lists_of

ROOT = Path(__file__).parents[2]
STORED = ROOT / "docs" / "schemas" / "programme.schema.json"
VALIDATOR = Draft202012Validator(definition_schema())


def as_json(value: Any) -> Any:
    """TOML's days and moments as JSON has them."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def faults(source: str) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(as_json(tomllib.loads(source)))]


def test_stored_schema_is_that_of_the_code():
    """If not: `trenza programme schema > docs/schemas/programme.schema.json`."""
    assert json.loads(STORED.read_text(encoding="utf-8")) == definition_schema()


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(definition_schema())


@pytest.mark.parametrize("folder", sorted(ROOT.glob("programmes/*/programme.toml")), ids=lambda path: path.parent.name)
def test_programmes_of_this_repository_follow_the_schema(folder: Path):
    assert faults(folder.read_text(encoding="utf-8")) == []


def test_example_of_the_format_follows_the_schema():
    assert faults(EXAMPLE) == []


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "missing": (lambda text: text.replace('participants = "women"\n', ""), "$.programme"),
    "unknown": (lambda text: text.replace("[programme]\n", '[programme]\ncolour = "red"\n'), "$.programme"),
    "section": (lambda text: text + '\n[[regoin]]\ncode = "x"\n', "$"),
    "type": (lambda text: text.replace('name = "Prueba"', "name = 7"), "$.programme.name"),
    "code": (lambda text: text.replace('code = "casa"', 'code = "La Casa"'), "$.organisation[0].code"),
    "choice": (lambda text: text.replace('"organiser"', '"organizer"'), "$.organisation[0].roles[0]"),
    "country": (lambda text: text.replace('["BO"]', '["BOL"]'), "$.edition[0].countries[0]"),
    "empty": (lambda text: text.replace('tracks = ["basico"]', "tracks = []"), "$.edition[0].tracks"),
    "format": (lambda text: text.replace("format = 1", "format = 2"), "$.format"),
    "one of": (lambda text: text.replace('by = "trainer"', 'by = "anybody"'), "$.track[0].module[1].requirement"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_broken_does_not_follow_the_schema(fault: str):
    break_it, place = BROKEN[fault]
    assert break_it(GOOD) != GOOD
    found = faults(break_it(GOOD))

    assert [each for each in found if each.startswith(place)] == found != []


def test_every_key_of_every_section_has_a_title_and_a_description():
    def lacking(model: Any, where: str) -> list[str]:
        keys = keys_of(model)
        inner = [name for key, each in lists_of(model).items() for name in lacking(each, f"{where}.{key}")]
        return [f"{where}.{key}" for key, field in keys.items() if not (field.title and field.description)] + inner

    assert [name for section in all_sections() for name in lacking(section.model, section.key)] == []
