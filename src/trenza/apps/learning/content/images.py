"""Images of a course: AVIF and WebP at set widths, small, named by their content."""

import gzip
import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trenza.apps.learning.content import limits

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")

# A narrower file is worth its place in the page only where it is much narrower than the picture itself.
_WORTH = 1.25

# Quality 50 of AVIF errs about as much as 72 of WebP, measured on the pictures of two real courses, in three quarters
# of the bytes. Speed 7 takes half the time of 6 for 2 % more bytes. One thread: the bytes may not depend on the cores.
_AVIF: Final[Mapping[str, Any]] = {"format": "AVIF", "quality": 50, "speed": 7, "max_threads": 1}
_WEBP: Final[Mapping[str, Any]] = {"format": "WEBP", "quality": 72, "method": 4}
_WEBP_LOSSLESS: Final[Mapping[str, Any]] = {"format": "WEBP", "quality": 80, "method": 4, "lossless": True}

# What decoders raise on broken bytes (tried with thousands of damaged files); none of them is our own mistake.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


class BadImage(Exception):
    """An image that cannot be used; `problem` and `remedy` are sentences for the author."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True)
class ImageFile:
    """One file of an image. `name` is its address and its hash; `width` in pixels."""

    name: str
    data: bytes
    width: int


@dataclass(frozen=True)
class CompiledImage:
    """An image as phones get it; `width` and `height` (pixels) are those of its widest files.

    Both formats have the same widths, the narrowest first. `avif` is empty where WebP is smaller. A `drawing` is of
    any width, and then it is the only file.
    """

    width: int
    height: int
    webp: tuple[ImageFile, ...]
    avif: tuple[ImageFile, ...]
    drawing: ImageFile | None = None

    @property
    def files(self) -> tuple[ImageFile, ...]:
        return (self.drawing,) if self.drawing else (*self.avif, *self.webp)

    @property
    def weight(self) -> int:
        """What a phone with a sharp screen downloads, in bytes: the widest file of the lightest format."""
        if self.drawing:
            return len(gzip.compress(self.drawing.data, 9, mtime=0))
        return len((self.avif or self.webp)[-1].data)


def compile_image(data: bytes) -> CompiledImage:
    """Make an image small: at most 640 px wide, without metadata; the same bytes give the same bytes.

    It is never enlarged. The first frame of an animation is kept. WebP is tried lossy and lossless, because a drawing
    is often smaller lossless; AVIF is kept only if it is the smaller one at every width.

    Raises:
        BadImage: not a PNG, JPEG, WebP or GIF, broken, too many bytes or too many pixels.
    """
    if len(data) > limits.IMAGE_SIZE:
        raise BadImage(
            f"The image has {len(data) // 1024:,} KB.",
            f"Make it smaller: at most {limits.IMAGE_SIZE // 1024:,} KB.",
        )
    if b"<svg" in data[:4096].lower():
        raise BadImage("This is an SVG drawing, whatever it is called.", "Rename the file so that it ends in `.svg`.")
    from PIL import Image  # 2 MB

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is no reason to refuse a picture
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _compile(_decode(data))
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadImage("The image cannot be read.", "Save it again as PNG, JPEG, WebP or GIF.") from error


def _compile(whole: "Image.Image") -> CompiledImage:
    pictures = [_narrowed(whole, width) for width in _widths(whole.width)]
    webp = [min((_encode(each, _WEBP), _encode(each, _WEBP_LOSSLESS)), key=len) for each in pictures]
    avif = [_encode(each, _AVIF) for each in pictures]
    widths = [each.width for each in pictures]
    lighter = all(len(one) < len(other) for one, other in zip(avif, webp, strict=True))
    return CompiledImage(
        width=pictures[-1].width,
        height=pictures[-1].height,
        webp=_files("webp", webp, widths),
        avif=_files("avif", avif, widths) if lighter else (),
    )


def _widths(natural: int) -> list[int]:
    """The widths of the files, narrowest first."""
    widest = min(natural, limits.IMAGE_WIDTH)
    return [*(width for width in limits.IMAGE_WIDTHS if width * _WORTH <= widest), widest]


def _narrowed(picture: "Image.Image", width: int) -> "Image.Image":
    from PIL import Image

    if width >= picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _decode(data: bytes) -> "Image.Image":
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > limits.IMAGE_PIXELS:  # before a single pixel is unpacked
            raise BadImage(
                f"The image has {opened.width:,} × {opened.height:,} pixels.",
                f"Make it smaller: {limits.IMAGE_WIDTH} pixels wide are enough.",
            )
        turned = ImageOps.exif_transpose(opened)
        clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
        picture = turned.convert("RGBA" if clear else "RGB")
    if picture.height * min(1, limits.IMAGE_WIDTH / picture.width) > limits.IMAGE_HEIGHT:
        raise BadImage(
            f"The image is {picture.width:,} × {picture.height:,} pixels: too tall for a phone.",
            "Cut it into several pictures.",
        )
    if clear and picture.getchannel("A").getextrema() == (255, 255):  # nothing is seen through it, and it has weight
        return picture.convert("RGB")
    return picture


def _encode(picture: "Image.Image", options: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    picture.save(out, exif=b"", icc_profile=b"", **options)
    return out.getvalue()


def _files(suffix: str, packed: Iterable[bytes], widths: Iterable[int]) -> tuple[ImageFile, ...]:
    return tuple(
        ImageFile(f"{hashlib.sha256(data).hexdigest()[:20]}.{suffix}", data, width)
        for data, width in zip(packed, widths, strict=True)
    )
