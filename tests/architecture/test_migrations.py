"""Migrations say what they do, and stand on nothing of ours that may change after them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import TRENZA, imports_in

NAME = re.compile(r"^\d{4}_[a-z][a-z0-9_]+$")
EMPTY_NAMES = re.compile(r"_auto_\d|_initial$|_alter_|_and_more$")
# The classes of fields, and the defaults that Django writes with them.
STABLE = ("trenza.core.fields", "trenza.core.ids", "trenza.core.clock")


def faults_of_migrations(trenza: Path) -> Iterator[str]:
    for path in sorted(trenza.rglob("migrations/[0-9]*.py")):
        place = path.relative_to(trenza)
        if not NAME.match(path.stem) or EMPTY_NAMES.search(path.stem):
            yield f"{place}: the name does not say what it is for"
        for found in imports_in(path):
            if found.name.startswith("trenza.") and not found.name.startswith(STABLE):
                yield f"{place}:{found.line} imports {found.name}"


def test_migrations_have_telling_names_and_import_nothing_of_ours():
    assert list(faults_of_migrations(TRENZA)) == []


@pytest.mark.parametrize(
    ("name", "code", "faults"),
    [
        ("0001_persons_and_accounts", "import trenza.core.fields", 0),
        ("0001_persons", "from trenza.core.fields import IdField", 0),
        ("0001_initial", "", 1),
        ("0002_auto_20260101_1200", "", 1),
        ("0002_alter_person_name_and_more", "", 1),
        ("0002_names", "import trenza.apps.people.models", 1),
        ("0002_names", "def forwards(apps, schema):\n    from trenza.core.models import Entry", 1),
    ],
)
def test_faults_of_migrations_are_found(tmp_path: Path, name: str, code: str, faults: int):
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / f"{name}.py").write_text(code)

    assert len(list(faults_of_migrations(tmp_path))) == faults
