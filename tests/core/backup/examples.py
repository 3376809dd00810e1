"""A small installation, and backups of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from trenza.apps.people.api import grant_role, register_person
from trenza.apps.people.models import Person
from trenza.core import files
from trenza.core.backup import envelope, frames

PICTURE = b"not quite a picture"


def an_installation() -> Person:
    """Somebody with a role, a picture of a course, a private file and a secret key."""
    import hashlib

    person = register_person(given_name="Ana", family_name="Ñusta", email="ana@example.org", synthetic=True)
    grant_role(person=person, role="administrator", by=None)
    files.put(f"{hashlib.sha256(PICTURE).hexdigest()[:20]}.webp", PICTURE)
    private = Path(settings.PRIVATE_ROOT) / "certificates" / "ab" / "constancia ñ.pdf"
    private.parent.mkdir(parents=True)
    private.write_bytes(b"%PDF" * 600_000)
    (Path(settings.HOME) / "secret.key").write_text("the key of then")
    return person


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, but for what marks that a restore runs."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".restoring.lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def forge(path: Path, identity: envelope.Identity, inside: Sequence[Any], **line: Any) -> Path:
    """A backup as a stranger could make it: these frames under a line that fits."""
    said = {"format": 1, "trenza": "0.1.0", "system": "s", "device": "d", "made_at": "2026-11-22", **line}

    def packed() -> Iterator[bytes]:
        yield from (each if isinstance(each, bytes) else frames.pack(each) for each in inside)

    with path.open("wb") as file:
        file.write(envelope.write_line(envelope.Line(**said)))
        envelope.seal(packed(), file, [identity.to_public()])
    return path


def a_manifest(**other: Any) -> frames.Manifest:
    """Of one table with two rows and one file of three bytes."""
    usual: dict[str, Any] = {
        "format": 1, "trenza": "0.1.0", "made_at": "2026-11-22", "engine": "sqlite", "system": "s", "device": "d",
        "position": 0, "tables": [frames.Table("t", [frames.Column("id", "integer")], ["id"])], "rows": [2],
        "files": [("media/a.txt", 3)], "migrations": [], "database_bytes": 100, "secret_key": "",
    }  # fmt: skip
    return frames.Manifest(**{**usual, **other})


ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
WHOLE = (frames.Rows(0, [[1], [2]]), frames.Part(0, b"abc", ABC), frames.End([2], 1))


def contents(path: Path, identity: envelope.Identity) -> dict[str, list[list[Any]]]:
    """Every row by its table, as it is written down."""

    class Sink:
        def __init__(self) -> None:
            self.found: dict[str, list[list[Any]]] = {}

        def rows(self, table: frames.Table, rows: list[list[Any]]) -> None:
            self.found.setdefault(table.name, []).extend(rows)

        def part(self, name: str, content: bytes, digest: str | None) -> None:
            pass

    sink = Sink()
    from trenza.core.backup.reading import opened

    with opened(path, [identity]) as found:
        found.pour(sink)
    return sink.found


__all__ = ["ABC", "PICTURE", "WHOLE", "a_manifest", "an_installation", "contents", "forge", "tree"]
