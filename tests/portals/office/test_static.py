"""The office's style sheets, scripts and pictures are collected with their hashes, as `trenza demo` and a cell do."""

import json
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

from trenza.settings import base


def test_every_file_of_the_office_is_collected_under_its_hash(tmp_path: Path):
    with override_settings(STORAGES=base.STORAGES, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    wanted = ["office/office.css", "wagtailadmin/css/core.css", "wagtailadmin/js/core.js"]
    assert [name for name in wanted if not (tmp_path / names[name]).exists()] == []
    assert {names[name] == name for name in wanted} == {False}
