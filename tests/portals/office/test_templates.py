"""What holds for every template of the office and of the public pages."""

import re
from pathlib import Path

import trenza

PORTALS = Path(trenza.__file__).parent / "portals"


def test_every_input_says_its_type_for_the_styles_go_by_it():
    """Wagtail's styles draw a border around input[type=text] and not around an input that leaves its type out."""
    untyped = [
        (template.name, each)
        for template in sorted(PORTALS.rglob("*.html"))
        for each in re.findall(r"<input\b[^>]*>", template.read_text())
        if " type=" not in each
    ]

    assert untyped == []


def test_every_wide_table_is_reached_by_keyboard_and_has_a_name():
    """A part of a page that scrolls sideways takes the focus (WCAG 2.1.1), and is named by something in its page."""
    wide = [
        (template.name, each, html)
        for template in sorted(PORTALS.rglob("*.html"))
        for html in [template.read_text()]
        for each in re.findall(r'<div class="office-wide"[^>]*>', html)
    ]
    named = r'<div class="office-wide" tabindex="0" role="group" aria-labelledby="([^"]+)">'

    assert len(wide) > 20
    assert [
        (name, each)
        for name, each, html in wide
        if not (match := re.fullmatch(named, each)) or html.count(f' id="{match[1]}"') != 1
    ] == []
