"""A DID document that somebody brings: the issuer that it is about, and the keys with which that one states things."""

import re
from typing import Final

from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.reading import Unreadable, read_document
from trenza.apps.credentials.openbadges.trusting import keys_of

_DID: Final = re.compile(r"did:[a-z0-9]{1,20}:[A-Za-z0-9._:%-]{1,260}")
_LONGEST_NAME: Final = 400


def read_did_document(data: bytes) -> tuple[str, dict[str, str]]:
    """The DID and its keys that may state things in its name: `{method: key}`, as `keys.write_any` writes them.

    Raises:
        Unreadable: it is no DID document with such a key.
    """
    document = read_document(data)
    did = document.get("id")
    if not isinstance(did, str) or not _DID.fullmatch(did):
        raise Unreadable("no DID")
    found = {name: keys.write_any(key) for name, key in keys_of(document).items() if len(name) <= _LONGEST_NAME}
    if not found:
        raise Unreadable("no key")
    return did, found
