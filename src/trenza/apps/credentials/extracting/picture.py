"""Codes in a photo or a scan of a certificate."""

import io
import warnings
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from trenza.apps.credentials.extracting.files import NothingFound, Trouble

MOST_PIXELS: Final = 40_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_MOST_ENLARGED: Final = 16_000_000
_TRIES: Final = ((1, None), (1, (2, 200)), (2, (2, 200)), (2, (3, 300)), (3, (3, 300)))
"""How often enlarged, and how much sharpened. Of a fine code that is a little out of focus each dot is some two pixels
wide: read as it is, none of ten is found; sharpened between enlarged pixels, most are."""
# What decoders raise on broken bytes.
_BROKEN: Final = (OSError, SyntaxError, ValueError)


def texts_in_picture(data: bytes) -> list[str]:
    """What its codes say, those that are of a certificate; the one that is checked without a signal first.

    Raises:
        NothingFound: as it says.
    """
    grey = _opened(data)
    found: list[str] = []
    for times, sharp in _TRIES:
        if times > 1 and grey.width * grey.height * times**2 > _MOST_ENLARGED:
            continue
        shown = grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC) if times > 1 else grey
        if sharp:
            shown = shown.filter(ImageFilter.UnsharpMask(*sharp, 0))
        found += [code.text for code in zxingcpp.read_barcodes(shown, formats=_QR)]
        if any(_is_checked_alone(text) for text in found):
            break
    ours = [text for text in found if _is_of_a_certificate(text)]
    if not ours:
        raise NothingFound(Trouble.NO_CODE)
    return sorted(ours, key=lambda text: not _is_checked_alone(text))


def _is_checked_alone(text: str) -> bool:
    return "/V/#" in text.upper()


def _is_of_a_certificate(text: str) -> bool:
    return _is_checked_alone(text) or "/certificado/" in text.lower() or text.startswith(("{", "ey"))


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NothingFound(Trouble.TOO_MANY_PIXELS)
                upright = ImageOps.exif_transpose(picture)
                # What is transparent is paper: a badge or a scan may have no ground of its own.
                ground = Image.new("RGBA", upright.size, "white")
                ground.alpha_composite(upright.convert("RGBA"))
                return ground.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NothingFound(Trouble.TOO_MANY_PIXELS) from None
    except _BROKEN:
        raise NothingFound(Trouble.BROKEN) from None
