from pathlib import Path
from typing import Any

import pytest

from trenza.core.backup import Identity


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """A home of its own; the database stays the one of the tests."""
    folder = tmp_path / "home"
    folder.mkdir()
    settings.HOME = folder
    settings.FILES_ROOT, settings.PRIVATE_ROOT = folder / "files", folder / "private"
    settings.MEDIA_ROOT = folder / "media"
    return folder


@pytest.fixture(scope="session")
def key() -> Any:
    return Identity.generate()
