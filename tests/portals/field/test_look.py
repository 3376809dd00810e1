"""Contrast of the palette by computation (WCAG 2.2: 1.4.3 for text, 1.4.11 for what is not text)."""

import re

import pytest

from trenza.portals.field import inline

SOURCE = (inline.ASSETS / "look.css").read_text(encoding="utf-8")
NAMES = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})")
BLOCKS = re.findall(r":root\s*\{(.*?)\}", SOURCE, re.DOTALL)
LIGHT = dict(NAMES.findall(BLOCKS[0]))
DARK = {**LIGHT, **dict(NAMES.findall(BLOCKS[1]))}
MODES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])

GROUNDS = ["paper", "card"]
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "link", "terra", "indigo", "leaf") for ground in GROUNDS),
    *((ink, "leaf-l") for ink in ("ink", "soft", "leaf", "link")),
    *((ink, "terra-l") for ink in ("ink", "soft", "terra", "link")),
    *((ink, "gold-l") for ink in ("ink", "link")),
    ("paper", "indigo"),  # the words on a button
]
SHAPES = [
    *((line, ground) for line in ("edge", "indigo", "terra", "leaf", "gold-d", "focus") for ground in GROUNDS),
    ("leaf", "leaf-l"),
    ("terra", "terra-l"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(pairs: list[tuple[str, str]], palette: dict[str, str], least: float) -> dict[tuple[str, str], float]:
    found = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in pairs}
    return {pair: value for pair, value in found.items() if value < least}


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000", "#ffffff"), 2) == 21


@MODES
def test_text_can_be_read(palette):
    assert too_weak(TEXT, palette, 4.5) == {}


@MODES
def test_shapes_that_mean_something_can_be_seen(palette):
    assert too_weak(SHAPES, palette, 3) == {}


def test_demonstration_banner_can_be_read():
    assert contrast("#221a35", LIGHT["marigold"]) >= 4.5


def test_every_colour_in_use_is_declared():
    assert set(re.findall(r"var\(--([a-z-]+)\)", SOURCE)) - set(re.findall(r"--([a-z-]+):", SOURCE)) == set()
