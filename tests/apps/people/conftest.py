from collections.abc import Callable

import pytest

from trenza.apps.people.api import Person, register_person


@pytest.fixture
def person(db: None) -> Callable[[str], Person]:
    """Registers a person with an address of her name."""

    def register(name: str) -> Person:
        return register_person(given_name=name, family_name="Quispe", email=f"{name.lower()}@demo.example")

    return register
