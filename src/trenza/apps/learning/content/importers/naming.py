"""Names for what an importer writes: codes, files in their order, minutes."""

import re
import unicodedata

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.manifest import CODE_LENGTH

READING_SPEED = 120
"""Words a minute, of somebody who does what she reads."""


def slug(text: str, length: int = CODE_LENGTH - 8) -> str:
    """A code made of a title; empty when nothing is left of it. There is room for a number before it and behind."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts `2.10` after `2.9`, and upper and lower case together."""
    parts = re.split(r"([0-9]{1,9})", name)
    return [(0, int(part), "") if re.fullmatch("[0-9]+", part) else (1, 0, part.casefold()) for part in parts if part]


def minutes_to_read(words: float) -> int:
    """The minutes that so many words take."""
    return max(1, min(limits.MINUTES, round(words / READING_SPEED)))


def short(text: str, length: int) -> str:
    """A text of one line that is no longer than it may be."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
