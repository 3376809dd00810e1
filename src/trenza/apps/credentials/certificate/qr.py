"""QR codes for paper: the drawing of one, and how large it is printed."""

from dataclasses import dataclass
from typing import Any, Final, cast

import zxingcpp

QUIET: Final = 4  # modules, as ISO/IEC 18004 asks
_INK: Final = "#221a35"
_FINEST: Final = 65
"""Modules along a side up to which a code bears a tenth more damage (level M in place of L): finer, and a phone would
not tell one from the next."""


@dataclass(frozen=True)
class Drawing:
    """SVG with its quiet zone, and the width in mm at which the symbol within is as wide as was asked."""

    svg: str
    side_mm: float


def draw(text: str, *, symbol_mm: float) -> Drawing:
    """The code of this text, drawn with lines, so that it is sharp at every size; the same each time."""
    rows = _modules(text, "M")
    if len(rows) > _FINEST:
        rows = _modules(text, "L")
    side = len(rows) + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path fill="#ffffff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path fill="{_INK}" d="{"".join(_runs(rows))}"/></svg>'
    )
    return Drawing(svg, symbol_mm * side / len(rows))


def _modules(text: str, level: str) -> list[list[int]]:
    """By rows; 0 is dark."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture: Any = barcode.to_image(add_quiet_zones=False)
    return cast(list[list[int]], memoryview(picture).tolist())


def _runs(rows: list[list[int]]) -> list[str]:
    """Dark modules that stand side by side are one rectangle."""
    found = []
    for y, row in enumerate(rows, QUIET):
        start = None
        for x, light in enumerate([*row, 1]):
            if not light and start is None:
                start = x
            elif light and start is not None:
                found.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
                start = None
    return found
