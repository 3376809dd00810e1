"""The documented format is the format: the blocks of docs/programme-format.md are a definition."""

import re
from pathlib import Path

import pytest

from trenza.apps.programmes.api import load_definition
from trenza.core.definition import all_sections, parse_definition, write_definition

PAGE = (Path(__file__).parents[2] / "docs" / "programme-format.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))


@pytest.mark.django_db
def test_example_of_the_format_is_read_and_loaded():
    definition = parse_definition(EXAMPLE.encode())

    programme = load_definition(definition=definition)

    assert [track.code for track in programme.tracks.all()] == ["basico", "intermedio"]
    again = parse_definition(write_definition(definition).encode())
    assert again.data == definition.data


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.key)
def test_every_section_is_documented_with_an_example(section):
    heading = next((line for line in PAGE.splitlines() if line.startswith("## ") and section.title in line), None)

    assert heading is not None
    assert section.title in EXAMPLE


def test_every_key_is_documented():
    words = set(re.findall(r"\w+", PAGE))

    missing = [name for section in all_sections() for name in section.model.model_fields if name not in words]
    assert missing == []
