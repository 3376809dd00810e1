"""The canonical digest of many documents that differ in few places: whose it is, which one, where its status stands.

Nearly all of a signature is PyLD's reading of JSON-LD, and what is read is the same for all credentials of a wording
but for those places. So a document is read once with a mark in each of them, and for the next one the marks are
replaced in the graph. Which order its nodes have is found anew each time (RDFC-1.0): that follows from every word. A
document to which this does not apply is read whole (`canonical.canonical_digest`); tests hold both against each other.
"""

import copy
import hashlib
import json
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from trenza.apps.credentials.openbadges import canonical

_MOST: Final = 32
"""Wordings whose graph is kept: one of them has some kilobytes."""
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_PRINTED: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+")
_INDEX: Final = re.compile(r"[0-9]{1,8}")
_TOP: Final = (("id", _IRI), ("validFrom", _MOMENT))
_STATUS: Final = (("id", _IRI), ("statusListCredential", _IRI), ("statusListIndex", _INDEX))
_MARKS: Final = {
    _IRI: "https://mark.invalid/{}",
    _MOMENT: "{:04}-01-01T00:00:00Z",
    _INDEX: "{:08}",
    _PRINTED: "mark {}",
}


@dataclass(frozen=True)
class _Place:
    """Somewhere in a document where credentials of one wording differ."""

    within: dict[str, Any]
    key: str
    pattern: re.Pattern[str]


class Prepared:
    """Digests, the graphs of the last wordings kept. Whoever signs a portion makes one."""

    def __init__(self) -> None:
        self._graphs: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def digest(self, document: dict[str, Any]) -> bytes:
        """As `canonical.canonical_digest`, to the byte.

        Raises:
            UnknownWords: as there.
        """
        marked = copy.deepcopy(document)
        places = _places(marked)
        if not all(map(_fits, places)):
            return canonical.canonical_digest(document)
        values = [place.within[place.key] for place in places]
        marks = [_MARKS[place.pattern].format(number) for number, place in enumerate(places, start=1)]
        for place, mark in zip(places, marks, strict=True):
            place.within[place.key] = mark
        shape = json.dumps(marked, ensure_ascii=False)
        addresses = [value for value, place in zip(values, places, strict=True) if place.pattern is _IRI]
        if len(set(addresses)) < len(addresses) or any(f'"{each}"' in shape for each in addresses):
            return canonical.canonical_digest(document)  # two that are one, or one that stands elsewhere too
        if shape not in self._graphs:
            if any(shape.count(f'"{mark}"') != 1 for mark in marks):
                return canonical.canonical_digest(document)
            self._graphs[shape] = canonical.dataset_of(marked)
            if len(self._graphs) > _MOST:
                self._graphs.popitem(last=False)
        found = _replaced(self._graphs[shape], dict(zip(marks, values, strict=True)))
        return hashlib.sha256(canonical.text_of(found).encode()).digest()


def _places(document: dict[str, Any]) -> list[_Place]:
    """Where it may differ, in a fixed order. All of them must be as ours are."""
    found = [_Place(document, key, pattern) for key, pattern in _TOP]
    if "validUntil" in document:
        found.append(_Place(document, "validUntil", _MOMENT))
    statuses = document.get("credentialStatus")
    for each in statuses if isinstance(statuses, list) else ():
        if isinstance(each, dict):
            found += [_Place(each, key, pattern) for key, pattern in _STATUS]
    subject = document.get("credentialSubject")
    named = subject.get("identifier") if isinstance(subject, dict) else None
    if isinstance(named, list) and len(named) == 1 and isinstance(named[0], dict):
        found.append(_Place(named[0], "identityHash", _PRINTED))
    return found


def _fits(place: _Place) -> bool:
    value = place.within.get(place.key)
    return isinstance(value, str) and place.pattern.fullmatch(value) is not None


def _replaced(dataset: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """A copy of the graph with the values in the places of the marks. PyLD changes the one that it is given."""
    return {graph: [_quad(quad, values) for quad in quads] for graph, quads in dataset.items()}


def _quad(quad: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    return {
        name: term | {"value": values.get(term["value"], term["value"])} if name != "predicate" else term
        for name, term in quad.items()
    }
