"""What people records. Ids and codes only: no name, address or number."""

from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("people.person_registered.v1")
class PersonRegistered(Decision, frozen=True):
    person: UUID
    synthetic: bool


@kind("people.person_updated.v1")
class PersonUpdated(Decision, frozen=True):
    person: UUID
    fields: list[Code]


@kind("people.consent_given.v1")
class ConsentGiven(Decision, frozen=True):
    consent: UUID
    document: Code
    version: int


@kind("people.consent_withdrawn.v1")
class ConsentWithdrawn(Decision, frozen=True):
    consent: UUID
    document: Code
    version: int


@kind("people.role_granted.v1")
class RoleGranted(Decision, frozen=True):
    grant: UUID
    role: Code
    scope_kind: Code
    scope: UUID | None


@kind("people.role_withdrawn.v1")
class RoleWithdrawn(Decision, frozen=True):
    grant: UUID
    role: Code
    scope_kind: Code
    scope: UUID | None


__all__ = [
    "ConsentGiven",
    "ConsentWithdrawn",
    "PersonRegistered",
    "PersonUpdated",
    "RoleGranted",
    "RoleWithdrawn",
]
