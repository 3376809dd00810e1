"""Credentials that are attached to a PDF."""

import io
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from trenza.apps.credentials.extracting.files import NothingFound, Trouble

MOST_ATTACHMENTS: Final = 16
_MOST_NODES: Final = 64
_MOST_BYTES: Final = 1_048_576
# What pypdf meets in a hostile file beside its own errors.
_BROKEN: Final = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError)


def texts_in_pdf(data: bytes) -> list[str]:
    """What its attachments say, those that are text and look like a credential.

    Raises:
        NothingFound: as it says.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise NothingFound(Trouble.LOCKED)
        texts = [text for each in _files(reader.root_object) if (text := _text(each))]
    except _BROKEN:
        raise NothingFound(Trouble.BROKEN) from None
    if not texts:
        raise NothingFound(Trouble.NO_CREDENTIAL)
    return texts


def _files(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """The files that the document names (its `AF`) and its tree of embedded files; each once."""
    seen: set[int] = set()
    named = [*_array(root.get("/AF")), *_tree(_dictionary(_dictionary(root.get("/Names")).get("/EmbeddedFiles")))]
    for each in named[:MOST_ATTACHMENTS]:
        found = _dictionary(each)
        if id(found) not in seen:
            seen.add(id(found))
            yield found


def _tree(root: DictionaryObject) -> list[Any]:
    """The values of a tree of names; one that leads back to itself, or goes too deep, is left."""
    found: list[Any] = []
    waiting, seen = [root], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(), seen + 1
        found += _array(node.get("/Names"))[1::2]
        waiting += [_dictionary(each) for each in _array(node.get("/Kids"))[:_MOST_NODES]]
    return found


def _text(file: DictionaryObject) -> str:
    embedded = _dictionary(file.get("/EF"))
    stream = _resolved(embedded.get("/F") or embedded.get("/UF"))
    if not isinstance(stream, StreamObject):
        return ""
    data = stream.get_data()
    if len(data) > _MOST_BYTES:
        return ""
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return ""
    return text if (text.startswith("{") and "Credential" in text) or text.startswith("ey") else ""


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> list[Any]:
    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []
