import pytest

from tests.apps.programmes.examples import a_programme
from tests.portals.office.people import staff
from trenza.apps.people.api import Person


@pytest.fixture
def marta(db: None) -> Person:
    """A trainer of the edition of a small programme."""
    return staff("trainer", scope_kind="edition", scope=a_programme().editions.get().pk)
