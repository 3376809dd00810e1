"""Who works in the office, for its tests."""

from itertools import count
from uuid import UUID

from django.test import Client

from trenza.apps.people.api import Person, grant_role, register_person

_numbers = count(1)


def staff(role: str | None, *, scope_kind: str = "all", scope: UUID | None = None) -> Person:
    """A person with an account and, where `role` is given, that role."""
    person = register_person(
        given_name="Ximena", family_name="Rojas", email=f"staff{next(_numbers)}@example.test", by=None
    )
    if role:
        grant_role(person=person, role=role, scope_kind=scope_kind, scope=scope, by=None)
    return person


def sign_in(client: Client, person: Person) -> None:
    """Sign her in, without the code."""
    client.force_login(person.accounts.get())
