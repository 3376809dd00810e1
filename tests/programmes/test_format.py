"""The documented format is the format: the blocks of docs/programme-format.md are a definition."""

import re
from pathlib import Path

import pytest

from trenza.apps.programmes.api import load_definition
from trenza.core.definition import DefinitionErrors, all_sections, parse_definition, write_definition
from trenza.core.definition.items import keys_of

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


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.key)
@pytest.mark.parametrize(
    "instead", ["", "{key} = 1\n", "[{key}]\n", "[[{key}]]\n", "[[{key}]]\ncode = 1\nname = [2]\n"]
)
def test_section_that_is_missing_or_of_another_kind_is_told_in_words(section, instead):
    blocks = re.split(r"^(?=\[)", EXAMPLE, flags=re.MULTILINE)
    header = re.compile(rf"\[+{section.key}[].]")
    rest = "".join(block for block in blocks[1:] if not header.match(block))
    instead = instead.format(key=section.key)

    try:
        parse_definition((blocks[0] + instead + rest).encode())
    except DefinitionErrors as errors:
        said = [str(problem) for problem in errors.problems]
    else:
        said = []

    assert said or not section.required


def test_every_key_is_documented():
    words = set(re.findall(r"\w+", PAGE))

    missing = [name for section in all_sections() for name in keys_of(section.model) if name not in words]
    assert missing == []
