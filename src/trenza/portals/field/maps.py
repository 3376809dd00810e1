"""Links to a place on a map: nothing is asked of anybody until she follows one."""

from decimal import Decimal
from typing import NamedTuple


class MapLinks(NamedTuple):
    """`geo` opens the map that her phone has (RFC 5870), `web` one in the browser."""

    geo: str
    web: str


def map_links(latitude: Decimal | None, longitude: Decimal | None) -> MapLinks | None:
    """The links to these degrees; None where it is not known where it lies."""
    if latitude is None or longitude is None:
        return None
    north, east = _plain(latitude), _plain(longitude)
    web = f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"
    return MapLinks(f"geo:{north},{east}", web)


def _plain(degrees: Decimal) -> str:
    """With a point, whatever the language, and without zeros that say nothing."""
    return f"{degrees.normalize() + 0:f}"
