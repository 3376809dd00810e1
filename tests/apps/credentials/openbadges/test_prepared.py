"""What is common to many documents is read once; the digest is that of the whole document, whatever it says."""

from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.credentials.openbadges import examples
from trenza.apps.credentials.openbadges import canonical, documents, proofs
from trenza.apps.credentials.openbadges.canonical import UnknownWords, canonical_digest
from trenza.apps.credentials.openbadges.prepared import Prepared

WORDS = st.text(min_size=1, max_size=12)
HOSTILE = st.sampled_from(
    ["@id", "@type", "_:b0", "https://mark.invalid/1", "mark 1", "00000001", "0001-01-01T00:00:00Z", "", " ", 'a"b\\c',
     "https://trenza.example/a", "did:web:x", "schema:name", "ñandú \u202e", "línea\notra", "null", "es"]
)  # fmt: skip
TEXTS = WORDS | HOSTILE
ADDRESSES = HOSTILE | st.builds("https://trenza.example/{}/".format, st.text("abc/.#%?é", min_size=1, max_size=8))
MOMENTS = st.datetimes(timezones=st.just(UTC))
STATUSES = ("revocation", "suspension")
ALIGNMENTS = st.builds(documents.Alignment, TEXTS, ADDRESSES, TEXTS, TEXTS)


@st.composite
def stated(draw: Any) -> dict[str, Any]:
    achievement = documents.Achievement(
        draw(ADDRESSES), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(st.sampled_from(["es", "qu"])),
        draw(st.lists(TEXTS, max_size=3)), draw(st.lists(ALIGNMENTS, max_size=3)),
    )  # fmt: skip
    found = documents.achievement_credential(
        id=draw(ADDRESSES), issuer=documents.Profile("did:web:trenza.example", draw(TEXTS)), achievement=achievement,
        identity=documents.Identity("name", draw(TEXTS), draw(st.just("") | WORDS)), valid_from=draw(MOMENTS),
        valid_until=draw(st.none() | MOMENTS),
        status=[documents.StatusAt(draw(ADDRESSES), draw(st.integers(0, 10**9)), each)
                for each in draw(st.lists(st.sampled_from(["revocation", "suspension"]), max_size=3))],
        endorsements=draw(st.lists(st.just(examples.endorsement()), max_size=2)),
    )  # fmt: skip
    for name in draw(st.lists(st.sampled_from(sorted(found)), max_size=1)):
        found[name] = draw(st.sampled_from([None, 5, "x", [], {}, found[name]]))
    return found


def of(document: dict[str, Any], digest: Any) -> bytes | str:
    try:
        return bytes(digest(document))
    except UnknownWords:
        return "unknown words"


@settings(max_examples=150, deadline=None)
@given(st.lists(stated(), min_size=1, max_size=3))
def test_digest_is_that_of_the_whole_document(several):
    ours = Prepared()

    assert [of(each, ours.digest) for each in several] == [of(each, canonical_digest) for each in several]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, TEXTS, MOMENTS, st.integers(0, 2**20)), min_size=2, max_size=4))
def test_digest_is_that_of_the_whole_document_when_the_graph_is_kept(several):
    ours = Prepared()
    made = [
        examples.unsigned(
            id=id, identity=documents.Identity("name", name), valid_from=at, valid_until=at,
            status=[documents.StatusAt(f"{examples.LIST}{each}/", index, each) for each in STATUSES],
        )
        for id, name, at, index in several
    ]  # fmt: skip

    assert [of(each, ours.digest) for each in made] == [of(each, canonical_digest) for each in made]


def test_second_document_of_a_wording_is_not_read_anew(monkeypatch):
    ours, read = Prepared(), []
    several = [examples.unsigned(identity=documents.Identity("name", name)) for name in ("Ana", "Berta", "Carla")]
    whole = canonical.dataset_of

    def counted(document: dict[str, Any]) -> dict[str, Any]:
        read.append(1)
        return whole(document)

    monkeypatch.setattr(canonical, "dataset_of", counted)

    for each in several:
        ours.digest(each)

    assert read == [1]


@pytest.mark.parametrize("name", ["María Ñandú Quispe", 'Ana "la Grande" \\ Paz', "00000001", "mark 1"])
def test_signature_is_the_same(name):
    document = examples.unsigned(identity=documents.Identity("name", name))

    quick = proofs.sign(document, examples.ISSUERS, at=examples.NOW, digest=Prepared().digest)

    assert quick == proofs.sign(document, examples.ISSUERS, at=examples.NOW)


@pytest.mark.parametrize(
    "more",
    [
        {"status": [documents.StatusAt(examples.LIST, 5, each) for each in STATUSES]},
        {"status": [documents.StatusAt(examples.LIST, 5, "revocation")] * 2},
        {"status": [documents.StatusAt("https://trenza.example/a", 5, "revocation")], "id": "https://trenza.example/a#5"},
        {"id": "https://data.europa.eu/snb/dcf/navegar"},
        {"id": examples.ACHIEVEMENT.id},
    ],
)  # fmt: skip
def test_two_that_have_one_address_are_one(more):
    document = examples.unsigned(**more)

    assert of(document, Prepared().digest) == of(document, canonical_digest)
