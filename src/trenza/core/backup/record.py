"""What is remembered of the last backup, in the home: `trenza doctor` says how old it is."""

from pathlib import Path

import msgspec
from django.conf import settings


class Last(msgspec.Struct, frozen=True):
    """When and under which name (never where), how large, how many entries, whether it was read back whole."""

    made_at: str
    name: str
    bytes: int
    entries: int
    verified: bool
    secret_key: bool


def keep(last: Last) -> None:
    """Remember it."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".writing")
    aside.write_bytes(msgspec.json.encode(last))
    aside.replace(path)


def last() -> Last | None:
    """What is remembered, or None."""
    try:
        return msgspec.json.decode(_path().read_bytes(), type=Last)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _path() -> Path:
    return Path(settings.HOME) / "backup.json"
