"""The files of certificates from elsewhere: opaque, in PRIVATE_ROOT, given back as they came and never shown.

What a file is says its content. A photo is written anew, so that what a phone notes in it (where, when, with which
phone) is not kept; everything else stays as it came, for a signature covers its bytes.
"""

import io
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from trenza.apps.credentials.errors import FileRefused
from trenza.apps.credentials.models import ExternalCredential
from trenza.apps.credentials.openbadges.presenting import read_presented
from trenza.apps.credentials.openbadges.reading import Unreadable
from trenza.apps.credentials.openbadges.tokens import Token

MOST_BYTES: Final = 5 * 1024 * 1024
_MOST_PIXELS: Final = 40_000_000
_SIDE: Final = 2_400
"""Pixels of a photo's longer side: the small print of a page can be read."""

Kind = ExternalCredential.Kind
CONTENT_TYPES: Final = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.JSON: "application/json",
}
_BADGES: Final = frozenset({"VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "Assertion"})


def kind_of(content: bytes) -> ExternalCredential.Kind:
    """What a file is, by its content alone.

    Raises:
        FileRefused: it is empty, too large, or none of the kinds that are taken; or JSON that is broken or no badge.
    """
    if not content.strip():
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("large")
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        _ensure_badge(content)
        return Kind.JSON
    raise FileRefused("kind")


def _ensure_badge(content: bytes) -> None:
    """What is signed otherwise, or by somebody unknown, waits for a person; what is no badge at all helps nobody."""
    try:
        presented = read_presented(content.decode("utf-8-sig"))
    except (Unreadable, UnicodeDecodeError):
        raise FileRefused("badge") from None
    document = presented.document if isinstance(presented, Token) else presented
    types = document.get("type") if isinstance(document, dict) else None
    named = {each for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)}
    is_first = isinstance(document, dict) and {"recipient", "badge"} <= set(document)  # Open Badges before 2.0
    if not named & _BADGES and not is_first:
        raise FileRefused("badge")


def harmless(content: bytes, kind: ExternalCredential.Kind) -> bytes:
    """What is kept of it: a photo without what the phone noted in it, anything else as it is.

    Raises:
        FileRefused: a picture that nobody can look at.
    """
    if kind not in (Kind.JPEG, Kind.PNG):
        return content
    from PIL import Image, ImageOps  # 2 MB

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[kind.upper()]) as opened:
                if opened.width * opened.height > _MOST_PIXELS:  # before a pixel is unpacked
                    raise FileRefused("kind")
                if kind == Kind.PNG:
                    opened.verify()
                    return content
                opened.draft("RGB", (_SIDE, _SIDE))
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, Image.DecompressionBombError):
        raise FileRefused("kind") from None
    picture.thumbnail((_SIDE, _SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def keep(pk: UUID, content: bytes) -> None:
    """Written aside and renamed, readable by the server's user alone."""
    path = _path(pk)
    for folder in (*reversed(path.parents[:3]),):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:  # made with mode 0600
        aside.write(content)
    Path(aside.name).replace(path)


def read(pk: UUID) -> bytes | None:
    """The file; None where it has gone."""
    try:
        return _path(pk).read_bytes()
    except FileNotFoundError:
        return None


def forget(externals: Iterable[UUID]) -> None:
    """Remove the files of these."""
    for pk in externals:
        _path(pk).unlink(missing_ok=True)


def _path(pk: UUID) -> Path:
    """The last digits of a UUIDv7 are random, the first are the time."""
    return Path(settings.PRIVATE_ROOT) / "external" / pk.hex[-2:] / pk.hex
