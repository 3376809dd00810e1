"""A page of a person's entries: what is wanted of them, along her index."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from tests.core.journal.toys import Chosen, Seen
from trenza.core.clock import now
from trenza.core.ids import new_id
from trenza.core.journal import (
    Incoming,
    Line,
    Wanted,
    action,
    authority_device,
    corrected,
    count_of_devices,
    incoming,
    ingest,
    last_position,
    of_devices,
    own_devices,
    page_about,
    record,
    renew_authority,
    standing,
)

pytestmark = pytest.mark.django_db
HER, OTHER = new_id(), new_id()
PHONE, OTHER_PHONE = UUID(int=71), UUID(int=72)
CHOSEN, SEEN = "toys.chosen.v1", "toys.seen.v1"


@action
def happen(*, numbers: range, about: UUID | None = HER, corrects: tuple[UUID, int] | None = None) -> None:
    for number in numbers:
        record(Seen(number=number), by=None, about=about, corrects=corrects)


@action
def choose(*, number: int) -> None:
    record(Chosen(number=number), by=None, about=HER)


def number(line: Line) -> int:
    assert isinstance(line.event, Chosen | Seen)
    return line.event.number


def numbers(wanted: list[Wanted], *, limit: int = 3, before: int | None = None, after: int | None = None) -> list[int]:
    return [number(line) for line in page_about(HER, wanted, limit=limit, before=before, after=after)]


def test_page_holds_the_newest_first_and_leads_to_older_and_newer():
    happen(numbers=range(10))
    happen(numbers=range(100, 105), about=OTHER)
    wanted = [Wanted([SEEN])]
    positions = [line.position for line in page_about(HER, wanted, limit=20)]

    assert numbers(wanted) == [9, 8, 7]
    assert numbers(wanted, before=positions[2]) == [6, 5, 4]
    assert numbers(wanted, after=positions[6]) == [6, 5, 4]
    assert numbers(wanted, before=positions[-1]) == []


def test_page_holds_wanted_kinds_and_wanted_values():
    happen(numbers=range(3))
    choose(number=7)

    assert numbers([Wanted([CHOSEN])]) == [7]
    assert numbers([Wanted([SEEN, CHOSEN])], limit=9) == [7, 2, 1, 0]
    assert numbers([Wanted([CHOSEN], "why", ())]) == []
    assert numbers([]) == []


def test_page_of_nobody_holds_what_is_about_nobody():
    happen(numbers=range(2))
    happen(numbers=range(5, 6), about=None)

    assert [number(line) for line in page_about(None, [Wanted([SEEN])], limit=9)] == [5]


def test_page_is_read_along_the_index_of_the_person(django_assert_num_queries):
    happen(numbers=range(60))
    happen(numbers=range(1_500), about=OTHER)  # with few rows PostgreSQL reads them all

    with django_assert_num_queries(2) as asked:
        page_about(HER, [Wanted([SEEN]), Wanted([CHOSEN], "number", {new_id()})], limit=51, before=10**6)

    plan = plan_of(asked[1]["sql"])
    assert "core_entry_person" in plan
    assert "TEMP B-TREE" not in plan


def plan_of(sql: str) -> str:
    """How the engine would answer, with PostgreSQL kept from reading a small table whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("ANALYZE core_entry")
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(explain + sql)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_standing_moves_with_entries_about_her_and_about_nobody_alone():
    before = last_position()
    happen(numbers=range(2))
    hers = last_position()
    assert standing(HER).hers == hers > before

    happen(numbers=range(1), about=None)
    nobodys = last_position()
    assert standing(HER) == (hers, nobodys)

    happen(numbers=range(3), about=OTHER)
    assert standing(HER) == (hers, nobodys)
    assert standing(new_id()) == (0, nobodys)


def test_standing_is_found_along_two_indexes(django_assert_num_queries):
    happen(numbers=range(60))
    happen(numbers=range(3), about=None)
    happen(numbers=range(1_500), about=OTHER)

    with django_assert_num_queries(1) as asked:
        standing(HER)

    plan = plan_of(asked[0]["sql"])
    assert "core_entry_person" in plan
    assert "core_entry_nobody" in plan


def test_what_a_later_entry_corrects_is_known_by_its_identity():
    happen(numbers=range(3))
    first, second, third = page_about(HER, [Wanted([SEEN])], limit=9)
    device = authority_device().uuid
    happen(numbers=range(9, 10), corrects=(device, second.sequence or 0))

    assert corrected([first, second, third]) == {(device, second.sequence)}
    assert corrected([]) == set()
    assert now() >= (first.recorded_at or first.happened_at)


def test_entries_of_devices_in_the_order_of_positions():
    ingest([_sent(PHONE, n) for n in (1, 2, 3)] + [_sent(OTHER_PHONE, 1)])
    kinds = {"toys.seen.v1"}

    assert [(line.device, line.sequence) for line in of_devices([PHONE], kinds=kinds, after=0, limit=2)] == [
        (PHONE, 1),
        (PHONE, 2),
    ]
    assert len(of_devices([PHONE, OTHER_PHONE], kinds=kinds, after=0, limit=9)) == 4
    assert of_devices([PHONE], kinds=kinds, after=last_position(), limit=9) == []
    assert (of_devices([PHONE], kinds=[], after=0, limit=9), of_devices([], kinds=kinds, after=0, limit=9)) == ([], [])
    assert count_of_devices([PHONE], kinds=kinds, after=0) == 3
    assert count_of_devices([], kinds=kinds, after=0) == 0


def test_own_devices_are_that_of_now_and_those_before_a_restore():
    first = authority_device().uuid
    second = renew_authority().uuid
    third = renew_authority().uuid

    assert own_devices() == [third, second, first]


def _sent(device: UUID, sequence: int) -> Incoming:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return incoming(Seen(number=sequence), device=device, sequence=sequence, happened_at=moment)
