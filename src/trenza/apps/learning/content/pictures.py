"""A picture in a lesson's page, and what its pictures weigh."""

import math
import re
from collections.abc import Iterable
from html import escape

from trenza.apps.learning.content.images import CompiledImage, ImageFile

FILES_URL = "/archivos/"
"""Where images of courses are served; their names are their hashes, so an address never changes its content."""

SIZES = "(min-width:38rem) 36rem,calc(100vw - 2rem)"
"""How wide a lesson's column is (`main` in the look of the field): a browser chooses the width of a file by it."""

_PICTURE = re.compile(r'<img src="([^"]*)"[^>]* data-bytes="(\d+)"')


def picture_html(image: CompiledImage, description: str) -> str:
    """The picture with its description as `alt`: AVIF where it is lighter, WebP for older phones.

    A browser that knows neither `picture` nor `srcset` is on an old phone, and gets the narrowest. `data-bytes`, and
    the KB beside it for who reads, are what a phone with a sharp screen downloads.
    """
    if image.drawing:
        return (
            f'<img src="{FILES_URL}{image.drawing.name}" alt="{escape(description)}" width="{image.width}"'
            f' height="{image.height}" data-bytes="{image.weight}" loading="lazy" decoding="async">'
            f" <small>{math.ceil(image.weight / 1024)} KB</small>"
        )
    img = (
        f'<img src="{FILES_URL}{image.webp[0].name}"{_sources(image.webp) if len(image.webp) > 1 else ""}'
        f' alt="{escape(description)}" width="{image.width}" height="{image.height}"'
        f' data-bytes="{image.weight}" loading="lazy" decoding="async">'
    )
    picture = f'<picture><source type="image/avif"{_sources(image.avif)}>{img}</picture>' if image.avif else img
    return f"{picture} <small>{math.ceil(image.weight / 1024)} KB</small>"


def picture_weights(html: Iterable[str]) -> dict[str, int]:
    """What the pictures in these pages weigh, in bytes by address; one that is shown twice is downloaded once."""
    return {address: int(size) for body in html for address, size in _PICTURE.findall(body)}


def _sources(files: tuple[ImageFile, ...]) -> str:
    if len(files) == 1:
        return f' srcset="{FILES_URL}{files[0].name}"'
    listed = ",".join(f"{FILES_URL}{file.name} {file.width}w" for file in files)
    return f' srcset="{listed}" sizes="{SIZES}"'
