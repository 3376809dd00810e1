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
