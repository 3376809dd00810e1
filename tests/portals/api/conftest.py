from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.learning.examples import published
from tests.portals.learner.scene import rosa
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import CourseVersion
from trenza.apps.people.api import Person
from trenza.portals.api.views import sync


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings) -> Iterator[None]:
    """Each test has its own courses and cell key, and nobody asked before it."""
    settings.FILES_ROOT, settings.PRIVATE_ROOT = tmp_path / "files", tmp_path / "private"
    catalogue.forget()
    sync.PACE.forget()
    yield
    catalogue.forget()


@pytest.fixture
def course(db: None) -> CourseVersion:
    return published(lessons=3)


@pytest.fixture
def ana(db: None) -> Person:
    return rosa("Ana")
