"""Helpers to look at the journal in tests."""

from typing import Any

from trenza.core.journal import everything


def journal() -> list[tuple[str, Any, Any, dict[str, Any]]]:
    """(kind, about, by, data) of every entry, in order of position."""
    import msgspec

    return [(line.kind, line.person, line.by, msgspec.json.decode(line.data)) for line in everything()]
