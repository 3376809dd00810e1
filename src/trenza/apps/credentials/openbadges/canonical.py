"""One document, one text: RDF Dataset Canonicalization (RDFC-1.0) of its JSON-LD, as `eddsa-rdfc-2022` signs it.

JSON-LD leaves out what no context defines, and what is left out is not signed. Nothing of a document may be left out
here: a word without a meaning is an error, as is a name that is no address.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from pyld.canon import URDNA2015
from pyld.jsonld import JsonLdError, JsonLdProcessor

from trenza.apps.credentials.openbadges import contexts
from trenza.core.errors import DomainError

MOST_CONTEXTS: Final = 8
_MOST_COMPARISONS: Final = 400
"""Of nodes without a name, which a hostile document makes many and alike: each doubles the work."""
_MET: Final = (JsonLdError, RecursionError, KeyError, TypeError, AttributeError, ValueError)
"""What PyLD meets in a hostile document: it is written for those that mean well."""
_SCHEMES: Final = ("https:", "http:", "did:", "urn:", "mailto:", "data:", "_:")


class UnknownWords(DomainError):
    """It says something that no context of ours defines, so no signature can cover it."""


class UnknownContext(UnknownWords):
    """It says in words of others: we cannot read all of it, and do not ask for what they mean."""


class _Bounded(URDNA2015):
    def __init__(self) -> None:
        super().__init__()
        self._comparisons = 0

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
        self._comparisons += 1
        if self._comparisons > _MOST_COMPARISONS:
            raise UnknownWords("too many nodes that look alike")
        return super().hash_n_degree_quads(id_, issuer)


def canonical_digest(document: dict[str, Any]) -> bytes:
    """SHA-256 of the canonical N-Quads, 32 bytes.

    Raises:
        UnknownWords: a context, a word or a name in it means nothing here.
    """
    return hashlib.sha256(text_of(dataset_of(document)).encode()).digest()


def dataset_of(document: dict[str, Any]) -> dict[str, Any]:
    """Its graphs, as PyLD writes them: quads by the name of the graph.

    Raises:
        UnknownWords: as `canonical_digest`.
    """
    ensure_known_contexts(document)
    options = {"documentLoader": contexts.load, "base": "", "processingMode": "json-ld-1.1"}
    try:
        expanded = JsonLdProcessor(on_property_dropped=_dropped).expand(document, dict(options))
        if any(not _is_address(each) for each in _addresses(expanded)):
            raise UnknownWords("a name is no address")
        return dict(JsonLdProcessor().to_rdf(expanded, {**options, "produceGeneralizedRdf": False}))
    except _MET as error:
        raise UnknownWords("no JSON-LD that we can read") from error


def text_of(dataset: dict[str, Any]) -> str:
    """The canonical N-Quads of these graphs, which are changed by it.

    Raises:
        UnknownWords: it is made to keep us busy.
    """
    try:
        return str(_Bounded().main(dataset, {"format": "application/n-quads"}))
    except _MET as error:
        raise UnknownWords("no JSON-LD that we can read") from error


def ensure_known_contexts(document: dict[str, Any]) -> None:
    """The contexts stand at its top (and at the top of a credential within it), by address, and we know each.

    Raises:
        UnknownContext: one is unknown, or written into the document, where it could give our words another meaning.
    """
    for context in _contexts(document):
        named = context if isinstance(context, list) else [context]
        if not named or len(named) > MOST_CONTEXTS or not all(contexts.is_known(each) for each in named):
            raise UnknownContext("a context that we do not know")


def _contexts(value: Any) -> Iterator[Any]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "@context" in value:
                yield value["@context"]
            waiting += [each for key, each in value.items() if key != "@context"]
        elif isinstance(value, list):
            waiting += value


def _dropped(_name: object) -> None:
    raise UnknownWords("a word that no context defines")


def _addresses(expanded: Any) -> Iterator[str]:
    waiting = [expanded]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for key, each in value.items():
                if key == "@id":
                    yield each
                elif key == "@type":
                    yield from each if isinstance(each, list) else [each]
                elif key != "@value":
                    waiting.append(each)
        elif isinstance(value, list):
            waiting += value


def _is_address(name: object) -> bool:
    return isinstance(name, str) and name.startswith(_SCHEMES) and not any(sign in name for sign in ' <>"{}|\\^`\n\t')
