"""The documented format is the format: the blocks of docs/programme-format.md and levels.md are a definition."""

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from trenza.apps.programmes.api import load_definition
from trenza.core.definition import (
    MAX_BYTES,
    DefinitionErrors,
    all_sections,
    definition_schema,
    keys_of,
    models_in,
    parse_definition,
    write_definition,
)

DOCS = Path(__file__).parents[2] / "docs"
PAGE = "\n".join((DOCS / name).read_text(encoding="utf-8") for name in ("programme-format.md", "levels.md"))
EXAMPLE = "\n".join(re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))


@pytest.mark.django_db
def test_example_of_the_format_is_read_and_loaded():
    definition = parse_definition(EXAMPLE.encode())

    programme = load_definition(definition=definition)

    assert [track.code for track in programme.tracks.all()] == ["basico", "intermedio", "avanzado"]
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


# In backticks on the page, and no word of the format; the last line's are XLSForm's.
OTHERS = {
    "women", "women_and_family", "teachers", "format", "age", "CODE", "ROLE", "percent", "number",
    "and", "or", "hint", "integer", "multiline", "note", "one", "relevant", "select_multiple", "select_one",
}  # fmt: skip


def words_of_the_format() -> set[str]:
    """Every section, key at any depth, and value that can be chosen."""
    found: set[str] = set()
    waiting = [(section.key, section.model) for section in all_sections()]
    while waiting:
        name, model = waiting.pop()
        found.add(name)
        for key, field in keys_of(model).items():
            found |= {key, *literals(field.annotation)}
            waiting += [(key, inner) for inner in models_in(field.annotation)]
    return found


def literals(annotation: Any) -> set[str]:
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {value for argument in get_args(annotation) for value in literals(argument)}


def test_every_word_of_the_format_is_documented():
    documented = set(re.findall(r"\w+", PAGE))

    assert words_of_the_format() - documented == set()


def test_every_word_that_is_documented_is_of_the_format():
    """Words in backticks, without those that are a code, a path, a value in quotes or an example."""
    written = {word for word in re.findall(r"`([a-z_]+)`", PAGE) if not word.startswith("trenza")}

    assert written - words_of_the_format() - OTHERS == set()


def test_limits_are_those_of_the_code():
    for words in (
        "at most 256 KB",
        "60\n  characters at most",
        "at most 200 characters on one line, or 4,000 in a text",
    ):
        assert words in PAGE
    assert MAX_BYTES == 256 * 1024
    schema = definition_schema()["$defs"]["ActivitySection"]["properties"]
    assert [schema[key]["maxLength"] for key in ("code", "name", "summary")] == [60, 200, 4_000]
