"""What templates of the field know about the installation."""

from django.conf import settings
from django.http import HttpRequest

from trenza.portals.field.appearance import Look, look_of


def demonstration_everywhere() -> bool:
    """Whether the whole installation shows simulated data (TRENZA_DEMONSTRATION)."""
    return bool(getattr(settings, "TRENZA_DEMONSTRATION", False))


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Context processor: the banners on every page, of a demonstration and of a hub without a safe connection.

    A view that passes `demonstration` itself, for one edition, wins over this.
    """
    return {"demonstration": demonstration_everywhere(), "pages_only": settings.PAGES_ONLY}


def appearance(request: HttpRequest) -> dict[str, Look]:
    """Context processor: `look`, the name and icon under which she sees this."""
    return {"look": look_of(request)}
