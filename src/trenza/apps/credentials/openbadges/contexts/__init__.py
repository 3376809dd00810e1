"""The contexts that we know, by their addresses; no other is ever read, and none is fetched."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_FILES: Final = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}


def is_known(address: object) -> bool:
    """Whether we have the context of this address."""
    return address in _FILES if isinstance(address, str) else False


def load(address: str, _options: object) -> dict[str, Any]:
    """What PyLD asks of a document loader.

    Raises:
        KeyError: it is not one of ours.
    """
    return {"contextUrl": None, "documentUrl": address, "document": _read(_FILES[address])}


@cache
def _read(file: str) -> Any:
    return json.loads((Path(__file__).parent / file).read_bytes())
