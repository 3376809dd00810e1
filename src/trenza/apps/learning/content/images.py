"""Images of a course: small WebP files named by their content."""

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from trenza.apps.learning.content import limits

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")

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
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class BadImage(Exception):
    """An image that cannot be used; `problem` and `remedy` are sentences for the author."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True)
class CompiledImage:
    """A WebP image. `name` is its address and its hash; width and height in pixels."""

    name: str
    data: bytes
    width: int
    height: int


def compile_image(data: bytes) -> CompiledImage:
    """Make an image small: at most 640 px wide, WebP, without metadata; the same bytes give the same bytes.

    The first frame of an animation is kept. Lossy and lossless are both tried, because a screenshot is often
    smaller lossless.

    Raises:
        BadImage: not a PNG, JPEG, WebP or GIF, broken, too many bytes or too many pixels.
    """
    if len(data) > limits.IMAGE_SIZE:
        raise BadImage(
            f"The image has {len(data) // 1024:,} KB.",
            f"Make it smaller: at most {limits.IMAGE_SIZE // 1024:,} KB.",
        )
    if b"<svg" in data[:4096].lower():
        raise BadImage(
            "SVG drawings are refused, because they can carry scripts.", "Save the drawing as PNG and name that."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is no reason to refuse a picture
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = _decode(data)
            packed = min((_encode(picture, lossless=False), _encode(picture, lossless=True)), key=len)
    except _BROKEN as error:
        raise BadImage("The image cannot be read.", "Save it again as PNG, JPEG, WebP or GIF.") from error
    name = f"{hashlib.sha256(packed).hexdigest()[:20]}.webp"
    return CompiledImage(name=name, data=packed, width=picture.width, height=picture.height)


def _decode(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > limits.IMAGE_PIXELS:  # before a single pixel is unpacked
            raise BadImage(
                f"The image has {opened.width:,} × {opened.height:,} pixels.",
                f"Make it smaller: {limits.IMAGE_WIDTH} pixels wide are enough.",
            )
        turned = ImageOps.exif_transpose(opened)
        clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
        picture = turned.convert("RGBA" if clear else "RGB")
    if picture.width > limits.IMAGE_WIDTH:
        height = max(1, round(picture.height * limits.IMAGE_WIDTH / picture.width))
        picture = picture.resize((limits.IMAGE_WIDTH, height), Image.Resampling.LANCZOS)
    return picture


def _encode(picture: Image.Image, *, lossless: bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=lossless, quality=80 if lossless else 72, method=4, exif=b"", icc_profile=b"")
    return out.getvalue()
