"""Entries in columns: the same comes out, whatever was sent; and a lesson's entry is small."""

import contextlib
import random
import zlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.sync.api import TooLarge, Unreadable
from trenza.apps.sync.hub.entries_wire import MOST_ENTRIES, pack, unpack
from trenza.core.ids import named_id
from trenza.core.journal import Incoming, incoming

IDS = st.integers(1, 5).map(lambda number: UUID(int=number))
MOMENTS = st.integers(0, 7_000_000_000_000_000).map(
    lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
)
ENTRIES = st.builds(
    Incoming,
    device=IDS,
    sequence=st.integers(1, 2**53),
    kind=st.sampled_from(["a.b.v1", "c.d.v1", "e.f.v2"]),
    data=st.dictionaries(st.sampled_from("abc"), st.integers() | st.text() | st.none()).map(msgspec.json.encode),
    happened_at=MOMENTS,
    person=st.none() | IDS,
    by=st.none() | IDS,
    edition=st.none() | IDS,
    corrects=st.none() | st.tuples(IDS, st.integers(1, 2**53)),
)


@given(st.lists(ENTRIES, max_size=20))
def test_what_is_packed_is_unpacked(sent: list[Incoming]):
    assert unpack(pack(sent)) == sent


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(packed: bytes):
    with contextlib.suppress(Unreadable, TooLarge):
        unpack(packed)


@given(st.data())
def test_changed_bytes_are_read_or_refused(data: st.DataObject):
    packed = bytearray(pack(lessons(4)))
    for _ in range(3):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable, TooLarge):
        unpack(bytes(packed))


def test_nothing_is_no_bytes():
    assert (pack([]), unpack(b"")) == (b"", [])


def test_more_than_the_most_is_too_large():
    with pytest.raises(TooLarge):
        unpack(pack(lessons(MOST_ENTRIES + 1)))


def test_a_lessons_entry_takes_at_most_60_bytes():
    """Twenty women of a centre, each in lessons of her own, times to the microsecond."""
    sent = lessons(2_000)
    assert len(zlib.compress(pack(sent), 6)) / len(sent) <= 60


def lessons(count: int) -> list[Incoming]:
    chance, device = random.Random(1), named_id("device")
    moment, sent = datetime(2026, 1, 5, 9, tzinfo=UTC), []
    for number in range(1, count + 1):
        woman, lesson = named_id(str(chance.randrange(20))), named_id("lesson", str(chance.randrange(24)))
        moment += timedelta(microseconds=chance.randrange(20_000_000))
        event = (
            LessonCompleted(lesson=lesson)
            if number % 4 == 0
            else QuestionAnswered(lesson=lesson, question=f"q{number % 4}", choices=[chance.randrange(3)])
        )
        sent.append(
            incoming(
                event,
                device=device,
                sequence=number,
                happened_at=moment,
                person=woman,
                by=woman,
                edition=named_id("2026"),
            )
        )
    return sent
