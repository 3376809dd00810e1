"""Where two JSON documents differ, by the names that lead there."""

from typing import Any, Final

MOST: Final = 8


def differences(expected: Any, found: Any, path: str = "") -> list[str]:
    """The places, `credentialSubject.id` for one; empty where both say the same. At most MOST."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = [*expected, *(name for name in found if name not in expected)]
        inner = [differences(expected.get(name, ...), found.get(name, ...), f"{path}.{name}") for name in names]
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = zip(expected, found, strict=True)
        inner = [differences(one, other, f"{path}[{n}]") for n, (one, other) in enumerate(pairs)]
    else:
        same = type(expected) is type(found) and expected == found
        inner = [[] if same else [path.lstrip(".")[:80] or "…"]]
    return [each for several in inner for each in several][:MOST]
