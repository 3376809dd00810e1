"""What goes down to the hub of a centre: who comes there, by name, and with what she signs in there.

A hub gets what a card and a PIN are compared with, and nothing else to sign in by: no address, no number. It is keyed
with the secret of its pairing, so that it opens nothing at the cell nor on another hub (docs/security.md).
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from trenza.apps.people import pins, verifiers
from trenza.apps.people.models import Account, Card, Consent, Person, Pin, RoleGrant
from trenza.apps.people.scopes import Scope
from trenza.apps.sync.api import HubPlace, register_hub_roster, register_hub_rows, register_hub_table
from trenza.core import clock, journal

_PERSON: Final = ("given_name", "family_name", "country", "language", "synthetic", "registered_at")
_GRANT: Final = ("person", "role", "scope_kind", "scope", "granted_at", "withdrawn_at")


def register() -> None:
    """Register with sync, from the ground up."""
    register_hub_roster(staff)
    register_hub_rows(
        "people.person", Person, fields=_PERSON, chosen=lambda place: Person.objects.filter(pk__in=place.persons)
    )
    register_hub_table("people.alias", _aliases, keep_aliases)
    register_hub_rows(
        "people.account",
        Account,
        fields=("person", "is_active", "created_at"),
        chosen=lambda place: Account.objects.filter(person__in=place.persons),
    )
    register_hub_rows(
        "people.role", RoleGrant, fields=_GRANT, chosen=lambda place: RoleGrant.objects.filter(person__in=place.persons)
    )
    register_hub_rows(
        "people.consent",
        Consent,
        fields=("person", "text", "version", "given_at", "withdrawn_at"),
        chosen=lambda place: Consent.objects.filter(person__in=place.persons),
    )
    register_hub_table("people.pin_key", _pin_key, verifiers.keep_pin_key)
    register_hub_rows(
        "people.pin",
        Pin,
        fields=("person", "hash", "set_at", "expires_at", "used_at"),
        chosen=lambda place: Pin.objects.filter(person__in=place.persons),
        altered=lambda place, row: {**row, "hash": pins.for_hub(row["hash"], verifiers.key_of(place.secret))},
    )
    register_hub_rows(
        "people.card",
        Card,
        fields=("person", "digest", "made_at", "expires_on", "revoked_at"),
        chosen=lambda place: Card.objects.filter(person__in=place.persons, expires_on__gt=clock.now().date()),
        altered=lambda place, row: {
            **row, "digest": verifiers.for_hub(bytes(row["digest"]), verifiers.key_of(place.secret))
        },
    )  # fmt: skip


def staff(centre: UUID) -> Iterator[UUID]:
    """Who has a role in this centre. One query."""
    scope = Scope(RoleGrant.ScopeKind.CENTRE, centre)
    standing = RoleGrant.objects.filter(scope_kind=scope.kind, scope=scope.id, withdrawn_at=None)
    yield from standing.values_list("person", flat=True).distinct()


def _aliases(place: HubPlace) -> Iterator[tuple[bytes, Any]]:
    """Who of them is another name of whom."""
    for person, kept in journal.standing_aliases(place.persons).items():
        yield person.bytes, kept.bytes


def keep_aliases(upserts: Sequence[tuple[bytes, Any]], tombstones: Sequence[bytes]) -> None:
    """On a hub: what it knows of both is made anew. Whoever has left the centre is forgotten with her other names;
    what was done under them stays."""
    kept: dict[UUID, UUID | None] = {UUID(bytes=key): UUID(bytes=value) for key, value in upserts}
    journal.set_aliases({**kept, **{UUID(bytes=key): None for key in tombstones}})


def _pin_key(_: HubPlace) -> Iterator[tuple[bytes, Any]]:
    yield b"pins", pins.key()
