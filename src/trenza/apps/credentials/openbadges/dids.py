"""A DID document that somebody brings: the issuer that it is about, and the keys with which that one states things."""

import re
from typing import Any, Final

from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.reading import Unreadable, read_document

_DID: Final = re.compile(r"did:[a-z0-9]{1,20}:[A-Za-z0-9._:%-]{1,260}")
_LONGEST_NAME: Final = 400


def read_did_document(data: bytes) -> tuple[str, dict[str, str]]:
    """The DID and its Ed25519 keys that may state things in its name: `{method: Multikey}`.

    Raises:
        Unreadable: it is no DID document with such a key.
    """
    document = read_document(data)
    did = document.get("id")
    if not isinstance(did, str) or not _DID.fullmatch(did):
        raise Unreadable("no DID")
    listed, stated = (_list(document.get(name)) for name in ("verificationMethod", "assertionMethod"))
    named = {_absolute(each, did) for each in stated if isinstance(each, str)}
    methods = [each for each in listed if isinstance(each, dict) and _absolute(each.get("id"), did) in named - {None}]
    methods += [each for each in stated if isinstance(each, dict)]  # defined where it is trusted
    found = {}
    for each in methods:
        name, public = _absolute(each.get("id"), did), each.get("publicKeyMultibase")
        if name is not None and each.get("controller", did) == did and _is_key(public):
            found[name] = str(public)
    if not found:
        raise Unreadable("no key")
    return did, found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_key(public: Any) -> bool:
    try:
        keys.read_public(public)
    except (keys.NoKey, ValueError):
        return False
    return True


def _absolute(name: Any, did: str) -> str | None:
    """The whole name of a method, which may be written without its DID; None where it is another's."""
    if not isinstance(name, str) or len(name) > _LONGEST_NAME:
        return None
    full = did + name if name.startswith("#") else name
    return full if full.startswith(f"{did}#") else None
