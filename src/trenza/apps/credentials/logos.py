"""Logos of organisations: read from a programme's folder, made harmless, and kept as they were printed."""

import hashlib
import io
import warnings
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trenza.apps.credentials.models import Logo
from trenza.core.definition import say as _
from trenza.core.errors import DomainError
from trenza.core.ids import named_id

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES: Final = 300_000
MOST_PIXELS: Final = 4_000_000
_PRINTED: Final = (960, 480)
"""Pixels at most: 24 × 12 mm at a thousand dots per inch."""


class NoLogo(DomainError):
    """It cannot be printed; `problem` and `remedy` are said to whoever wrote the definition."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def read_logo(folder: Path, name: str) -> bytes:
    """The PNG of this name in a programme's folder, drawn anew: what else lay in the file is gone.

    PNG alone: a drawing in SVG can carry scripts, fetch addresses, and look different in ten years.

    Raises:
        NoLogo: it is not there, leads out of the folder, or is no picture that we print.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NoLogo(_('the picture "%(name)s" is not in the folder', name=name), _("put it there, or leave it out"))
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NoLogo(
            _('the picture "%(name)s" is too large', name=name),
            _("give one of at most %(kilobytes)s KB", kilobytes=str(MOST_BYTES // 1000)),
        )
    return _drawn_anew(data, name)


def keep_logo(programme: Any, name: str, data: bytes, at: datetime) -> Logo:
    """The row of this very picture, made if it is new; from now on it is what the name means."""
    digest = hashlib.sha256(data).hexdigest()
    pk = named_id(programme.code, "logo", name, digest)
    return Logo.objects.update_or_create(
        pk=pk, defaults={"read_at": at}, create_defaults={
            "programme": programme, "name": name, "data": data, "read_at": at,
        },
    )[0]  # fmt: skip


def logo_called(programme: Any, name: str) -> Logo | None:
    """What the name meant when the programme's folder was last read; for a definition that came without its folder."""
    return Logo.objects.filter(programme=programme, name=name).order_by("-read_at", "-id").first()


def _drawn_anew(data: bytes, name: str) -> bytes:
    from PIL import Image

    too_many = NoLogo(
        _('the picture "%(name)s" has too many pixels', name=name),
        _("give one of at most %(width)s by %(height)s", width="2000", height="2000"),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is no reason to refuse a picture
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise too_many
                return _written(picture)
    except Image.DecompressionBombError:
        raise too_many from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError) as error:
        raise NoLogo(_('the picture "%(name)s" cannot be read', name=name), _("save it again as PNG")) from error


def _written(picture: "Image.Image") -> bytes:
    small = picture.convert("RGBA")
    small.thumbnail(_PRINTED)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()
