import hashlib
from pathlib import Path

import pytest

from trenza.apps.credentials.openbadges import contexts
from trenza.apps.credentials.openbadges.reading import MOST_BYTES, Unreadable, read_document


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe{}", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": Infinity}',
        b'{"a": "\\ud800"}', b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"a": [' + b"1," * 5_000 + b"1]}",
        b'{"a":' * 30 + b"1" + b"}" * 30, b'{"a": "' + b"x" * MOST_BYTES + b'"}', b'{"a": ' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_what_has_no_one_meaning_is_not_read(data):
    with pytest.raises(Unreadable):
        read_document(data)


def test_reads_an_object():
    assert read_document('﻿{"a": ["ñ", 1, 2.5, null]}'.encode()) == {"a": ["ñ", 1, 2.5, None]}


def test_contexts_are_as_their_authors_published_them():
    """Digests of the two that stand in W3C's recommendations; of the others those of the day on which they were had."""
    folder = Path(contexts.__file__).parent
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in folder.glob("*.json")}

    assert digests == {
        "credentials-v2.json": "59955ced6697d61e",
        "security-data-integrity-v2.json": "67f21e6e33a6c14e",
        "security-multikey-v1.json": "ba2c182de2d92f7e",
        "ob-v3p0-context-3.0.1.json": "5f3d9dd6288ef437",
        "ob-v3p0-context-3.0.2.json": "00666ad080ba4076",
        "ob-v3p0-context-3.0.3.json": "3d34f4d4ef1bce69",
        "ob-v3p0-extensions.json": "87c06c81bc231766",
    }
