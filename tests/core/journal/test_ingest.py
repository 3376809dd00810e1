from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.journal.toys import Seen
from tests.journal import journal
from trenza.core.ids import new_id
from trenza.core.journal import (
    Answer,
    Hold,
    Incoming,
    Status,
    compare,
    discard,
    incoming,
    ingest,
    reconsider_held,
    take_in,
)
from trenza.core.journal import kinds as kinds_module
from trenza.core.models import Entry, SetAside

pytestmark = pytest.mark.django_db

PHONE = UUID(int=1)
ANA = UUID(int=2)
MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


def seen(number: int, sequence: int = 1, **rest) -> Incoming:
    return incoming(
        Seen(number=number), device=PHONE, sequence=sequence, happened_at=MONDAY, person=ANA, by=ANA, **rest
    )


def raw(kind: str = "toys.seen.v1", data: bytes = b'{"number":1}', **changes) -> Incoming:
    fields = {"device": PHONE, "sequence": 1, "kind": kind, "data": data, "happened_at": MONDAY}
    return Incoming(**{**fields, **changes})


def statuses(answers: list[Answer]) -> list[str]:
    return [answer.reason or answer.status.value for answer in answers]


def test_ingest_accepts_once_and_answers_duplicate_afterwards():
    assert statuses(ingest([seen(1, 1), seen(2, 2)])) == ["accepted", "accepted"]
    assert statuses(ingest([seen(2, 2), seen(3, 3), seen(3, 3)])) == ["duplicate", "accepted", "duplicate"]

    assert [data["number"] for *_, data in journal()] == [1, 2, 3]
    assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("count", [19, 99, 100, 700])
def test_ingest_writes_small_and_large_batches_alike(count):
    ingest([seen(0, 10_000)])
    batch = [seen(number, number) for number in range(1, count + 1)]

    assert statuses(ingest(batch)) == ["accepted"] * count
    assert statuses(ingest(batch)) == ["duplicate"] * count

    expected = [(number + 1, number, number) for number in range(1, count + 1)]
    rows = Entry.objects.filter(position__gt=1).order_by("position").values_list("position", "sequence", "data__number")
    assert list(rows) == expected


def test_ingest_refuses_the_same_identity_with_other_content_and_keeps_it():
    ingest([seen(1)])

    assert statuses(ingest([seen(2)])) == ["same_identity_other_content"]
    assert [data["number"] for *_, data in journal()] == [1]
    assert list(SetAside.objects.values_list("state", "reason")) == [("refused", "same_identity_other_content")]


def test_compare_says_what_stands_under_an_identity_and_changes_nothing():
    ingest([seen(1, 1), seen(2, 2)])
    ingest([raw("toys.unknown.v1", sequence=3)])

    found = compare([seen(1, 1), seen(9, 2), raw("toys.unknown.v1", sequence=3), raw(sequence=3), seen(4, 4)])

    assert [each.value for each in found] == ["same", "different", "same", "different", "absent"]
    assert (Entry.objects.count(), SetAside.objects.count()) == (2, 1)
    assert compare([]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_compare_takes_four_queries(count, django_assert_num_queries):
    batch = [seen(number, number) for number in range(1, count + 1)]
    ingest(batch)
    with django_assert_num_queries(4):
        compare(batch)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (raw(sequence=0), "bad_sequence"),
        (raw(sequence=2**53), "bad_sequence"),
        (raw(data=b'{"number":"many"}'), "malformed"),
        (raw(data=b'{"number":1,"name":"Ana"}'), "malformed"),
        (raw(data=b"\xff\xfe"), "malformed"),
        (raw(data=b'{"number":1' + b" " * 5000 + b"}"), "too_large"),
        (raw(happened_at=datetime(1969, 1, 1, tzinfo=UTC)), "bad_time"),
        (raw(happened_at=MONDAY.replace(tzinfo=None)), "bad_time"),
        (raw(kind="toys.chosen.v1"), "only_the_authority_decides"),
        (raw(corrects=(PHONE, 5)), "correction_without_person"),
        (raw(corrects=(PHONE, -1), person=ANA), "bad_sequence"),
        (raw(kind="toys.unheard_of.v1"), "unknown_kind"),
    ],
)
def test_ingest_answers_a_bad_entry_for_itself_and_keeps_it_with_its_reason(entry, reason):
    good = seen(7, 7)

    assert statuses(ingest([entry, good])) == [reason, "accepted"]
    assert statuses(ingest([entry, good])) == [reason, "duplicate"]

    assert [data["number"] for *_, data in journal()] == [7]
    kept = SetAside.objects.get()
    assert (kept.reason, msgspec.msgpack.decode(kept.payload, type=Incoming)) == (reason, entry)


def test_ingest_asks_the_judge_about_each_entry():
    def judge(entry, event):
        return None if event.number == 1 else "not_hers"

    assert statuses(ingest([seen(1, 1), seen(2, 2)], judge=judge)) == ["accepted", "not_hers"]


def test_ingest_holds_an_unknown_kind_until_this_version_knows_it(monkeypatch):
    monkeypatch.delitem(kinds_module._by_name, "toys.seen.v1")
    assert ingest([seen(1)]) == [Answer(Status.HELD, "unknown_kind")]
    assert reconsider_held() == 0
    monkeypatch.undo()

    assert reconsider_held() == 1

    assert [data["number"] for *_, data in journal()] == [1]
    assert list(SetAside.objects.all()) == []


def test_ingest_limits_a_batch():
    with pytest.raises(ValueError, match="at most 5000"):
        ingest([seen(1)] * 5001)


def test_ingest_costs_the_same_queries_for_few_and_many(django_assert_max_num_queries):
    ingest([seen(0, 1)])
    for count in (1, 15):
        batch = [seen(n, 100 * count + n) for n in range(1, count + 1)]
        with django_assert_max_num_queries(14):
            ingest(batch)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(0, 60)), max_size=12), st.randoms())
def test_ingest_keeps_each_identity_once_whatever_the_batches(entries, random):
    """Some of the entries share an identity: the first that arrives is kept, the same again is a duplicate."""
    device = new_id()  # the examples share the table
    batch = [
        incoming(Seen(number=number), device=device, sequence=sequence, happened_at=MONDAY + timedelta(seconds=late))
        for sequence, number, late in entries
    ]
    answers: list[Answer] = []
    while len(answers) < len(batch):
        size = random.randint(1, 5)
        answers += ingest(batch[len(answers) : len(answers) + size])

    first: dict[int, Incoming] = {}
    for entry, answer in zip(batch, answers, strict=True):
        if entry.sequence not in first:
            assert answer.status is Status.ACCEPTED
            first[entry.sequence] = entry
        else:
            same = first[entry.sequence] == entry
            assert answer.status is (Status.DUPLICATE if same else Status.REFUSED)
    kept = Entry.objects.filter(device__uuid=device).order_by("sequence").values_list("sequence", "data__number")
    assert list(kept) == [(n, msgspec.json.decode(first[n].data)["number"]) for n in sorted(first)]


def hold_all(entry, event) -> Hold:
    return Hold("access_revoked")


def test_ingest_holds_what_the_judge_wants_looked_at_but_not_what_the_journal_has():
    ingest([seen(1, 1)])
    expected = ["duplicate", "access_revoked", "same_identity_other_content"]
    assert statuses(ingest([seen(1, 1), seen(2, 2), seen(3, 1)], judge=hold_all)) == expected
    assert [data["number"] for *_, data in journal()] == [1]
    assert reconsider_held() == 0


def test_take_in_applies_what_was_held_once():
    ingest([seen(2, 2)], judge=hold_all)
    held = SetAside.objects.get()

    assert take_in(set_aside=held.pk, by=ANA) == Answer(Status.ACCEPTED)
    assert (take_in(set_aside=held.pk, by=ANA), discard(set_aside=held.pk, by=ANA)) == (None, False)

    held.refresh_from_db()
    assert (held.state, held.settled_by, [data["number"] for *_, data in journal()]) == ("taken_in", ANA, [2])
    assert statuses(ingest([seen(2, 2)], judge=hold_all)) == ["duplicate"]


def test_discard_keeps_what_was_held_and_leaves_it_out():
    ingest([seen(2, 2)], judge=hold_all)
    held = SetAside.objects.get()

    assert discard(set_aside=held.pk, by=ANA)

    assert take_in(set_aside=held.pk, by=ANA) is None
    assert (statuses(ingest([seen(2, 2)], judge=hold_all)), journal()) == (["access_revoked"], [])
    assert list(SetAside.objects.values_list("state", "settled_by")) == [("discarded", ANA)]
