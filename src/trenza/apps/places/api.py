"""What others may use of places."""

from trenza.apps.places.models import Centre, OpeningHours

__all__ = ["Centre", "OpeningHours"]
