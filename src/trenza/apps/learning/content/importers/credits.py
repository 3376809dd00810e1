"""Whose a foreign course is: its licence as an SPDX identifier, found in what its files say."""

import re
from collections.abc import Mapping

from trenza.apps.learning.content.importers.notes import Notes

_CC = re.compile(r"creativecommons\.org/(?:licenses/(by(?:-[a-z]{2}){0,2})|publicdomain/(zero))/([0-9]\.[0-9])", re.I)
_CC_WORDS = re.compile(r"\bCC[- ](BY(?:-[A-Z]{2}){0,2})[- ]([0-9]\.[0-9])\b", re.I)
_NAMED: tuple[tuple[str, str], ...] = (
    ("CC0-1.0", r"CC0 1\.0|\bCC0\b"),
    ("MIT", r"\bMIT Licen[cs]e\b|\blicencia MIT\b|\bLicen[cs]e:?\s+MIT\b"),
    ("Apache-2.0", r"Apache License,?\s+Version 2\.0|\bApache-2\.0\b"),
    ("GFDL-1.3-or-later", r"GNU Free Documentation License"),
)
FILES = re.compile(r"(?:LICEN[CS]E|COPYING)(?:\.(?:md|txt|rst))?", re.IGNORECASE)


def find_licence(texts: Mapping[str, str], notes: Notes) -> str:
    """The licence that the first of these texts names; empty when none does.

    A text that names several (one for the texts and one for the programs, say) counts with the first, and the
    report says so.
    """
    for name, text in texts.items():
        found = _all(text)
        if found:
            if len(found) > 1:
                notes.change(name, 0, f"it names {', '.join(found)}; {found[0]} stands below the lessons")
            return found[0]
    return ""


def _all(text: str) -> list[str]:
    places: dict[str, int] = {}

    def note(licence: str, at: int) -> None:
        places[licence] = min(places.get(licence, at), at)

    for found in _CC.finditer(text):
        note(f"CC-{found[1].upper()}-{found[3]}" if found[1] else "CC0-1.0", found.start())
    for found in _CC_WORDS.finditer(text):
        note(f"CC-{found[1].upper()}-{found[2]}", found.start())
    for licence, pattern in _NAMED:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            note(licence, match.start())
    return sorted(places, key=lambda licence: places[licence])
