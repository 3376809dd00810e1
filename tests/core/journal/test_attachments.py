"""What travels beside an entry is written where the entry is, once; and it stays nowhere else."""

import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.core.journal.toys import Chosen, Seen, ToyError
from trenza.core.journal import (
    Hold,
    Incoming,
    Line,
    Refusal,
    Status,
    action,
    attachment,
    discard,
    everything,
    incoming,
    ingest,
    record,
    take_identities,
    take_in,
)
from trenza.core.journal.ingest import MAX_BESIDE_BYTES
from trenza.core.models import Entry, SetAside

pytestmark = pytest.mark.django_db

PHONE, ANA = UUID(int=1), UUID(int=2)
MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def written(monkeypatch) -> list[list[tuple[int, bytes]]]:
    """What the app of the toys was given to write, a list for each call."""
    calls: list[list[tuple[int, bytes]]] = []
    for registered in ("_attachments", "_attached"):
        monkeypatch.setattr(sys.modules[ingest.__module__], registered, {})
    attachment(
        Seen,
        lambda new: calls.append([(number(line), beside) for line, beside in new]),
        lambda lines: [b"beside %d" % number(line) for line in lines],
    )
    return calls


def number(line: Line) -> int:
    assert isinstance(line.event, Seen | Chosen)
    return line.event.number


def seen(n: int, sequence: int, beside: bytes = b"Luz", **rest) -> Incoming:
    sent: dict[str, Any] = {
        "device": PHONE,
        "sequence": sequence,
        "happened_at": MONDAY,
        "person": ANA,
        "by": ANA,
        "beside": beside,
    }
    return incoming(Seen(number=n), **(sent | rest))


def test_what_is_new_is_written_at_once_and_once(written):
    ingest([seen(1, 1), seen(2, 2, b"")])
    ingest([seen(1, 1), seen(3, 3), seen(3, 3), seen(4, 3)])

    assert written == [[(1, b"Luz"), (2, b"")], [(3, b"Luz")]]


def test_what_was_refused_keeps_nothing_beside_it(written):
    ingest([seen(1, 1), seen(2, 1), seen(3, 0), seen(4, 4, bytes(MAX_BESIDE_BYTES + 1))])

    assert written == [[(1, b"Luz")]]
    assert sorted(SetAside.objects.values_list("reason", flat=True)) == [
        "bad_sequence",
        "same_identity_other_content",
        "too_large",
    ]
    assert not any(b"Luz" in bytes(row.payload) for row in SetAside.objects.all())


@pytest.mark.parametrize("counts", [True, False])
def test_what_is_held_waits_with_it_until_somebody_decides(written, counts):
    ingest([seen(1, 1)], judge=lambda entry, event: Hold("look"))
    row = SetAside.objects.get()
    assert (written, b"Luz" in bytes(row.payload)) == ([], True)

    _ = take_in(set_aside=row.pk, by=ANA) if counts else discard(set_aside=row.pk, by=ANA)

    row.refresh_from_db()
    assert (written, b"Luz" in bytes(row.payload)) == ([[(1, b"Luz")]] if counts else [], False)


def test_refusal_is_for_what_the_journal_does_not_have():
    ingest([seen(1, 1)])
    answers = ingest([seen(1, 1), seen(2, 2)], judge=lambda entry, event: Refusal("not_hers"))

    assert [(each.status, each.reason) for each in answers] == [
        (Status.DUPLICATE, ""),
        (Status.REFUSED, "not_hers"),
    ]


def test_attachment_has_one_owner(written):
    with pytest.raises(ValueError, match="registered twice"):
        attachment(Seen, lambda new: None, lambda lines: [])


def test_failing_to_write_what_is_beside_takes_nothing_in(monkeypatch):
    def fail(new):
        raise ToyError

    monkeypatch.setattr(sys.modules[ingest.__module__], "_attachments", {Seen: fail})
    with pytest.raises(ToyError):
        ingest([seen(1, 1)])
    assert Entry.objects.count() == 0


def test_identities_are_taken_in_order_for_rows_that_name_their_entry():
    @action
    def twice(*, count: int) -> list[int]:
        taken = take_identities("toys.pages", count)
        for n, identity in enumerate(taken):
            record(Chosen(number=n), by=None, about=ANA, identity=identity)
        return [sequence for _, sequence in [*taken, *take_identities("toys.pages", 1)]]

    assert (twice(count=2), twice(count=1)) == ([1, 2, 3], [3, 4])
    assert [(line.sequence, number(line)) for line in everything()] == [(1, 0), (2, 1), (3, 0)]
    with pytest.raises(RuntimeError):
        take_identities("toys.pages", 1)
