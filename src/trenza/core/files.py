"""Files named by their hash: immutable, the same everywhere, kept in one folder (later an object store)."""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"^[0-9a-f]{8,64}\.[a-z0-9]{2,5}$")


def put(name: str, content: bytes) -> None:
    """Keep `content` under its name (hash and ending). Written aside and renamed: a reader never sees half a file.

    Raises:
        ValueError: the name is not a hash with an ending.
    """
    path = _path(name)
    if path is None:
        raise ValueError(f"{name!r} is not the name of a file by its hash")
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(content)
        aside.flush()
        os.fsync(aside.fileno())  # a name that is there is taken for a file that is whole
    Path(aside.name).replace(path)


def find(name: str) -> Path | None:
    """Where the file of this name is, or None if there is none or the name is not one of ours."""
    path = _path(name)
    return path if path and path.is_file() else None


def _path(name: str) -> Path | None:
    if not _NAME.match(name):
        return None
    return Path(settings.FILES_ROOT) / name[:2] / name
