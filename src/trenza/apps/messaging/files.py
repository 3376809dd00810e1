"""A laptop writes texts into a folder, one file for each: the number, an empty line, the text."""

from pathlib import Path

from django.conf import settings

_KEPT = 200
"""A folder of a laptop that is never tidied would grow for ever: the newest stay."""


def write(to: str, text: str, key: str) -> None:
    """Write it, once for each key."""
    folder = Path(settings.SMS_FILE_PATH)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{key}.txt"
    if path.exists():
        return
    path.touch(mode=0o600)
    path.write_text(f"{to}\n\n{text}\n", encoding="utf-8")
    for old in _newest_first(folder)[_KEPT:]:
        old.unlink(missing_ok=True)


def latest(to: str) -> str | None:
    """The newest text to this number."""
    for path in _newest_first(Path(settings.SMS_FILE_PATH)):
        number, _, text = path.read_text(encoding="utf-8").partition("\n\n")
        if number == to:
            return text.strip()
    return None


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
