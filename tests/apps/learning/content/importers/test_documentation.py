"""docs/importing.md names every importer and every option, with its values."""

import re
from pathlib import Path

from trenza.apps.learning.content.importers import IMPORTERS, read_options
from trenza.apps.learning.content.importers.options import CHOICES, KEYS

TEXT = (Path(__file__).parents[5] / "docs" / "importing.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    section = TEXT[TEXT.index(f"\n## {title}\n") + 1 :].split("\n## ")[0]
    found = [line.strip("| ").split(" | ") for line in section.split("\n") if line.startswith("| ")]
    return found[1:]


def names(cell: str) -> list[str]:
    return re.findall(r"`([\w]+)`", cell)


def test_table_of_formats_names_every_importer():
    assert sorted(names(row[0])[0] for row in rows("Which formats")) == sorted(IMPORTERS)


def test_table_of_options_names_every_key_with_its_values():
    told = {key: row[2] for row in rows("What is said with the import") for key in names(row[0])}

    assert sorted(told) == sorted(KEYS)
    assert {key: tuple(names(told[key])) for key in CHOICES} == dict(CHOICES)


def test_example_of_options_can_be_read():
    example = re.search(r"```toml file=import.toml\n(.*?)```", TEXT, re.DOTALL)

    assert example is not None
    assert read_options(example[1].encode()).authors == ("Rosa Mamani", "Elena Quispe")
