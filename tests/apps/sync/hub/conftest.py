from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.apps.sync.hub.scene import ANA, ROSA, Scene
from tests.apps.sync.hub.toys import shelf
from tests.core.journal.toys import Seen
from tests.database import TEMPLATE
from trenza.apps.sync.hub import registry
from trenza.portals.api.views import hubs


@pytest.fixture(autouse=True)
def registered(monkeypatch) -> Iterator[None]:
    """Toys of these tests' own, whatever apps have registered."""
    for name in ("_kinds", "_about_strangers", "_certifying", "_up_only"):
        monkeypatch.setattr(registry, name, set())
    monkeypatch.setattr(registry, "_rosters", [])
    monkeypatch.setattr(registry, "_captured", [])
    monkeypatch.setattr(registry, "_tables", {})
    registry.register_hub_kinds(Seen)
    registry.register_hub_roster(lambda _: [ANA, ROSA])
    registry.register_hub_table("toys.shelf", shelf.rows, shelf.apply)
    hubs.PACE.forget()
    shelf.forget()
    yield
    shelf.forget()


@pytest.fixture
def scene(transactional_db: None, tmp_path: Path) -> Scene:
    return Scene(tmp_path, str(connection.settings_dict["NAME"]) + TEMPLATE)
