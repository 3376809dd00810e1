"""A text in which somebody presents a credential: JSON, a token, or what the code on paper says."""

from typing import Any, Final

from trenza.apps.credentials.openbadges import compact, tokens
from trenza.apps.credentials.openbadges.compact import NotCompact, Sealed
from trenza.apps.credentials.openbadges.reading import Unreadable, read_document
from trenza.apps.credentials.openbadges.verifying import Presented

_ENVELOPES: Final = ("data:application/vc+jwt,", "data:application/vc-ld+jwt,", "data:application/jwt,")


def read_presented(text: str) -> Presented | Sealed:
    """Raises:
    Unreadable: it is none of them.
    """
    text = text.strip()
    if text.startswith("{"):
        return _unwrapped(read_document(text.encode(errors="surrogatepass")))
    if tokens.is_token(text):
        return tokens.read_token(text)
    try:
        return compact.read(compact.bytes_of(text))
    except NotCompact as error:
        raise Unreadable("nothing that we know") from error


def _unwrapped(document: dict[str, Any]) -> Presented:
    """The token in an EnvelopedVerifiableCredential (Verifiable Credentials 2.0, section 4.13); else the document."""
    types = document.get("type")
    if "EnvelopedVerifiableCredential" not in (types if isinstance(types, list) else [types]):
        return document
    address = document.get("id")
    for start in _ENVELOPES:
        if isinstance(address, str) and address.startswith(start):
            return tokens.read_token(address.removeprefix(start))
    raise Unreadable("an envelope of another kind")
