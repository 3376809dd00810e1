"""What goes down to her phone: where her centre's hub is (docs/phone.md, "By the centre")."""

from typing import Any
from uuid import UUID

from trenza.apps.places.queries import centres_of
from trenza.apps.sync.api import origin_of_hub, register_roster


def register() -> None:
    """Register with sync."""
    register_roster("places", roster)


def roster(person: UUID) -> dict[str, Any]:
    """`hub`: the address of her centre's hub. Three queries; two for who goes nowhere."""
    centres = centres_of(person)
    origin = origin_of_hub(centres) if centres else ""
    return {"hub": origin} if origin else {}
