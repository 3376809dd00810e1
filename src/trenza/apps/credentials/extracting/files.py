"""What kind of file it is, by its content alone, and who reads it."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from enum import StrEnum
from typing import Final

from trenza.apps.credentials.openbadges.baking import NotBaked, baked_text
from trenza.core.errors import DomainError

MOST_BYTES: Final = 5_242_880
MOST_TEXTS: Final = 16
_MOST_TEXT: Final = 1_048_576
_SECONDS: Final = 12
_WAIT: Final = 15
_AT_A_TIME: Final = 2
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1_024  # a PDF may begin a little later

_places = threading.BoundedSemaphore(_AT_A_TIME)


class Trouble(StrEnum):
    """Why there is nothing to judge."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    BROKEN = "broken"
    """It cannot be opened, or takes more time or memory than any of its kind needs."""
    LOCKED = "locked"
    """A PDF with a password."""
    NO_CREDENTIAL = "no_credential"
    """A PDF or a badge without one."""
    NO_CODE = "no_code"
    """A photo in which no code can be read."""
    TOO_MANY_PIXELS = "too_many_pixels"
    BUSY = "busy"


class NothingFound(DomainError):
    """There is nothing to judge; `.trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble)


def texts_in(data: bytes) -> list[str]:
    """The texts in a file that may be credentials: JSON, tokens, what codes say. At least one, at most `MOST_TEXTS`.

    Raises:
        NothingFound: as it says.
    """
    if not data.strip():
        raise NothingFound(Trouble.EMPTY)
    if len(data) > MOST_BYTES:
        raise NothingFound(Trouble.TOO_LARGE)
    if data.startswith(_PNG):
        with suppress(NotBaked):
            return [_text(baked_text(data))]
    return _apart(data) if kind_of(data) else [_text(data)]


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise NothingFound(Trouble.UNKNOWN_KIND) from None
    if len(text) > _MOST_TEXT:
        raise NothingFound(Trouble.TOO_LARGE)
    return text


def kind_of(data: bytes) -> str:
    """`pdf` or `picture`; blank for what is text at best."""
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return "picture" if data.startswith((_JPEG, _PNG)) or webp else ""


def _apart(data: bytes) -> list[str]:
    """Ask a process of its own. What it read goes through pipes, and its errors, which could quote it, nowhere."""
    if not _places.acquire(timeout=_WAIT):
        raise NothingFound(Trouble.BUSY)
    try:
        command = [sys.executable, "-m", "trenza.apps.credentials.extracting"]
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NothingFound(Trouble.BROKEN) from None
    finally:
        _places.release()
    try:
        said = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        said = {}
    if not said.get("texts"):
        raise NothingFound(Trouble(said.get("trouble", Trouble.BROKEN)))
    return [str(each) for each in said["texts"]]
