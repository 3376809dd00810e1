"""Sealed records in what somebody uploaded: a file that a phone wrote, or a photo of its codes.

Uploads are hostile: sizes are bounded before anything is decoded, and nothing is written to a disk.
"""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from trenza.apps.sync.api import UnreadableRecords, WireDevice, read_carried_code, read_carried_file

MOST_FILES: Final = 5
MOST_BYTES: Final = 8_000_000
_MOST_PIXELS: Final = 30_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
# What decoders raise on broken bytes.
_BROKEN: Final = (OSError, SyntaxError, ValueError)


@dataclass
class Uploaded:
    """What could be read, which files could not, and which codes of a series have not been seen."""

    sealed: list[WireDevice] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    of: int = 0

    @property
    def missing(self) -> list[int]:
        """Numbers of codes that belong to the series and were in no photo."""
        return [number for number in range(1, self.of + 1) if number not in self.seen]


def read_uploads(files: Iterable["UploadedFile[Any]"]) -> Uploaded:
    """Everything that is in these files; `MOST_FILES` and `MOST_BYTES` were checked before."""
    found = Uploaded()
    for each in files:
        content = each.read()
        try:
            if content.startswith(b"TRZ1"):
                found.sealed += read_carried_file(content)
            else:
                _read_photo(content, found)
        except UnreadableRecords:
            found.unreadable.append((each.name or "")[:60])
    return found


def _read_photo(content: bytes, found: Uploaded) -> None:
    texts = _codes_in(content)
    if not texts:
        raise UnreadableRecords
    for text in texts:
        code = read_carried_code(text)
        found.sealed += code.sealed
        found.seen.add(code.number)
        found.of = max(found.of, code.of)


def _codes_in(content: bytes) -> list[str]:
    import zxingcpp  # 4 MB, with PIL
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UnreadableRecords
                grey = ImageOps.exif_transpose(picture).convert("L")
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadableRecords from None
    return [
        code.text
        for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    ]
