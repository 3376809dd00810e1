from collections.abc import Iterator
from pathlib import Path

import pytest

from trenza.apps.learning import catalogue
from trenza.portals.field import pages
from trenza.portals.learner import memory


@pytest.fixture(autouse=True)
def nothing_remembered(tmp_path: Path, settings) -> Iterator[None]:
    """Each test has its own courses, so a process may not remember another's."""
    settings.FILES_ROOT, settings.PRIVATE_ROOT = tmp_path / "files", tmp_path / "private"
    catalogue.forget()
    pages.forget_all()
    memory.forget_all()
    yield
    catalogue.forget()
    pages.forget_all()
    memory.forget_all()
