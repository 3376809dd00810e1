"""The files of an installation that a backup holds, each under a name that cannot lead out of the home."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from trenza.core.backup.errors import Damaged

SECRET_KEY = "secret.key"
_BY_HASH = re.compile(r"^([0-9a-f]{2})/(\1[0-9a-f]{6,62}\.[a-z0-9]{2,5})$")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\/]")
_MOST_NAME = 255
_MOST_DEPTH = 8


def roots() -> dict[str, Path]:
    """Every folder that is kept, by its name in the backup. Collected static files and written mail are not."""
    return {
        "files": Path(settings.FILES_ROOT),
        "private": Path(settings.PRIVATE_ROOT),
        "media": Path(settings.MEDIA_ROOT),
        "keys": Path(settings.HOME) / "keys",
    }


def secret_key_file() -> Path:
    """The secret key, where the installation keeps its own; elsewhere it is in the environment."""
    return Path(settings.HOME) / SECRET_KEY


def files() -> Iterator[tuple[str, Path]]:
    """Name and place of each file, by name. Links are not followed; what an interrupted write left is not kept."""
    if secret_key_file().is_file():
        yield SECRET_KEY, secret_key_file()
    for root_name, root in sorted(roots().items()):
        found = (Path(folder) / name for folder, _, names in os.walk(root) for name in names)
        for path in sorted(found):
            name = f"{root_name}/{path.relative_to(root).as_posix()}"
            if not path.is_symlink() and path.is_file() and is_safe(name):
                yield name, path


def is_safe(name: str) -> bool:
    """Whether it stays below one of our folders; in the folder of hashes, whether it is one."""
    if name == SECRET_KEY:
        return True
    root, _, rest = name.partition("/")
    parts = rest.split("/")
    if root == "files":
        return _BY_HASH.match(rest) is not None
    return (
        root in roots()
        and len(parts) <= _MOST_DEPTH
        and all(part not in {"", ".", ".."} and len(part.encode()) <= _MOST_NAME for part in parts)
        and not any(_FORBIDDEN.search(part) for part in parts)
    )


class Writer:
    """A file that grows below `folder`, under a name out of a backup.

    Raises:
        Damaged: the name leads elsewhere.
    """

    def __init__(self, folder: Path, name: str) -> None:
        if not is_safe(name):
            raise Damaged("It names a file that would lie outside of Trenza's folders.")
        self._name = name
        self.path = folder / name
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)

    def close(self, digest: str) -> None:
        """The file is whole and on the disk.

        Raises:
            Damaged: it is another one than its digest, or its name, says.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self.abandon()
        found = self._digest.hexdigest()
        if found != digest or not is_named(self._name, found):
            raise Damaged("A file in it is not what its digest says.")

    def abandon(self) -> None:
        self._file.close()


def is_named(name: str, digest: str) -> bool:
    """Whether a file that is named by its hash has this one."""
    return not name.startswith("files/") or digest.startswith(Path(name).stem)
