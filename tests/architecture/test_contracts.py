"""Every app that exists has its contracts in `.importlinter`."""

import shutil
from pathlib import Path

from tests.architecture.source import ROOT, TRENZA, app_ranks
from tools.contracts import MARK, app_names, shelf_contracts


def test_shelves_of_every_app_are_for_the_app_alone():
    written = (ROOT / ".importlinter").read_text(encoding="utf-8").partition(MARK)[2]

    assert written == shelf_contracts(), "run `python -m tools.contracts`; it writes the lines that are missing"


def test_every_app_has_a_place_in_the_order():
    assert set(app_names()) - set(app_ranks()) == set(), "write the app into [importlinter:contract:apps]"


def test_shelf_contracts_name_what_exists(tmp_path: Path):
    for name in ("impact/__init__.py", "people/__init__.py", "people/rules.py", "people/models/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "people/measures.py").touch()

    assert shelf_contracts(tmp_path) == (
        """
[importlinter:contract:people-shelves]
name = Only people opens its shelves
type = protected
protected_modules =
    trenza.apps.people.models
    trenza.apps.people.rules
allowed_importers =
    trenza.apps.people

[importlinter:contract:people-measures]
name = Only impact reads the measures of people
type = protected
protected_modules =
    trenza.apps.people.measures
allowed_importers =
    trenza.apps.people
    trenza.apps.impact
"""
    )


def test_app_without_an_init_file_is_no_app(tmp_path: Path):
    shutil.copytree(TRENZA / "apps", tmp_path / "apps")
    (tmp_path / "apps" / "people2").mkdir()

    assert app_names(tmp_path / "apps") == app_names()
