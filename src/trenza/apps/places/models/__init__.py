from trenza.apps.places.models.centre import Centre, OpeningHours

__all__ = ["Centre", "OpeningHours"]
