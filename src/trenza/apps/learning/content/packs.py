"""A course cut for a phone that takes it along: the bodies of its lessons in a few chunks, one file of each picture."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trenza.apps.learning.content.limits import CHUNK_SIZE
from trenza.apps.learning.content.pictures import FILES_URL

_PICTURE = re.compile(r'(?:<source type="image/avif" srcset="([^"]*)"[^>]*>)?<img src="([^"]*)"([^>]*) data-bytes="')
_SRCSET = re.compile(r' srcset="([^"]*)"')

_FULL = CHUNK_SIZE * 7 // 8
"""What the bodies of a chunk weigh at most, each alone; the rest is for their names and for the quotes of JSON."""


class Chunk(NamedTuple):
    """Some lessons in one file. `name` is the hash of `data`, which is JSON: {"code of a lesson": "its body"}."""

    name: str
    data: bytes
    lessons: tuple[str, ...]


class PackedPicture(NamedTuple):
    """The files of one picture, by name: the one that a phone keeps (the widest of the lightest format), what an old
    phone keeps that cannot read that (empty: the same), and all the others that a page may ask for in its stead."""

    kept: str
    old_phones: str
    others: tuple[str, ...]


def cut(lessons: Iterable[tuple[str, str, int]]) -> list[Chunk]:
    """Bundle lessons, each (code, body, bytes of the body compressed), in their order.

    A chunk is at most `CHUNK_SIZE` compressed; one lesson that is heavier has a chunk for itself. It is cut by what
    each body weighs alone, which is known: the same lessons are cut in the same way wherever it is done.
    """
    chunks: list[Chunk] = []
    bodies: dict[str, str] = {}
    weight = 0
    for code, body, size in lessons:
        if bodies and weight + size > _FULL:
            chunks.append(_chunk(bodies))
            bodies, weight = {}, 0
        bodies[code] = body
        weight += size
    return [*chunks, _chunk(bodies)] if bodies else chunks


def packed(data: bytes) -> bytes:
    """A chunk as it goes over the wire."""
    return gzip.compress(data, 9, mtime=0)


def pictures_in(html: str) -> list[PackedPicture]:
    """The pictures of a lesson's body, as `picture_html` wrote them, each once."""
    return list(dict.fromkeys(_picture(*found) for found in _PICTURE.findall(html)))


def _chunk(bodies: Mapping[str, str]) -> Chunk:
    data = json.dumps(bodies, ensure_ascii=False, separators=(",", ":")).encode()
    return Chunk(f"{hashlib.sha256(data).hexdigest()[:20]}.json", data, tuple(bodies))


def _picture(avif: str, src: str, attributes: str) -> PackedPicture:
    listed = _SRCSET.search(attributes)
    webp = _names(listed[1] if listed else src)
    light = _names(avif)
    kept = (light or webp)[-1]
    old_phones = webp[-1] if light else ""
    return PackedPicture(kept, old_phones, tuple(name for name in dict.fromkeys((*light, *webp)) if name != kept))


def _names(srcset: str) -> list[str]:
    """The files that a srcset lists, the narrowest first as `picture_html` writes them."""
    addresses = [each.strip().partition(" ")[0] for each in srcset.split(",") if each.strip()]
    return [address.removeprefix(FILES_URL) for address in addresses]
