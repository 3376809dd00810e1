import dataclasses
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from tests.core.journal import toys
from tests.core.journal.toys import ToyError, choose
from tests.core.journal.worker_to_kill import run_worker
from tests.journal import journal
from trenza.core import clock
from trenza.core.journal import all_reactions, last_position, reactions, revive, work, work_until_done
from trenza.core.models import Cursor, Entry, Task

pytestmark = pytest.mark.django_db


def counts() -> dict[int, int]:
    """How often each number was followed, by the rows that the handler keeps."""
    rows = Cursor.objects.filter(handler__startswith="toys.count.")
    return {int(row.handler.rsplit(".", 1)[1]): row.position for row in rows}


def followed() -> dict[int, int]:
    return Counter(data["number"] for kind, _, _, data in journal() if kind == "toys.followed.v1")


def test_reaction_follows_each_entry_once():
    choose(number=1)
    choose(number=2)

    work_until_done()
    work_until_done()

    assert counts() == {1: 1, 2: 1}
    assert followed() == {1: 1, 2: 1}
    assert list(Task.objects.all()) == []


def test_reactions_share_a_transaction_and_each_entry_is_still_named_after_its_own_cause():
    for number in range(1, 6):
        choose(number=number)
    work()

    entries = Entry.objects.filter(kind="toys.followed.v1").order_by("position")
    assert list(entries.values_list("sequence", flat=True)) == [101, 201, 301, 401, 501]
    assert len(set(entries.values_list("recorded_at", flat=True))) == 1


def test_reaction_entry_is_named_after_its_cause():
    choose(number=1)
    work_until_done()

    entry = Entry.objects.select_related("device").get(kind="toys.followed.v1")
    assert (entry.device.kind, entry.sequence) == ("handler", 101)


def test_idle_round_asks_little_however_many_handlers_there_are(django_assert_num_queries):
    choose(number=1)
    work_until_done()

    with django_assert_num_queries(3):  # the cursors, the end of the journal, whether a task is due
        assert work() == 0


def test_handlers_read_on_together_and_their_cursors_move_together(django_assert_num_queries):
    choose(number=1)
    work_until_done()
    choose(number=2)

    # The cursors, the end, the entries; then a savepoint, the cursors, the tasks, the cursors again, and its release.
    with django_assert_num_queries(8):
        reactions._read_on()

    mine = Cursor.objects.filter(handler__in=[each.handler for each in all_reactions()])
    assert len(set(mine.values_list("position", flat=True))) == 1


def test_handler_that_stands_elsewhere_reads_what_it_has_not_read():
    for number in (1, 2, 3):
        choose(number=number)
    work_until_done()
    Cursor.objects.filter(handler="toys.follow").update(position=1)

    assert reactions._read_on() == 2

    assert sorted(Task.objects.values_list("handler", "position")) == [("toys.follow", 2), ("toys.follow", 3)]


def test_handler_that_cannot_choose_keeps_no_other_from_reading_on(monkeypatch):
    def fail(_):
        raise ToyError

    broken = dataclasses.replace(reactions._reactions["people.perhaps_again"], select=fail, kinds=(toys.Chosen,))
    work_until_done()
    choose(number=1)
    monkeypatch.setitem(reactions._reactions, "people.perhaps_again", broken)
    with pytest.raises(ToyError):
        work()

    behind = Cursor.objects.filter(handler__in=[each.handler for each in all_reactions()], position__lt=last_position())
    assert list(behind.values_list("handler", flat=True)) == ["people.perhaps_again"]


def test_poison_entry_blocks_nobody_and_ends_dead_without_its_words(monkeypatch):
    monkeypatch.setattr(toys, "FAILING", {1})
    choose(number=1)
    choose(number=2)
    start = datetime.now(UTC)
    for hours in range(12):
        with clock.travel(start + timedelta(hours=hours)):
            work()

    task = Task.objects.get()
    assert counts() == {2: 1}
    assert (task.attempts, task.dead_at is not None, task.error) == (8, True, "tests.core.journal.toys.ToyError")

    monkeypatch.setattr(toys, "FAILING", set())
    assert revive() == 1
    work_until_done()

    assert counts() == {1: 1, 2: 1}


def test_task_that_was_tried_before_is_leased_alone_and_takes_no_try_from_others(monkeypatch):
    """As after a worker was killed: its leases ran out. The first of them might kill the next worker too."""
    for number in range(1, 5):
        choose(number=number)
    leased: list[int] = []
    monkeypatch.setattr(reactions, "_run", lambda tasks, _: leased.extend(task.position for task in tasks))
    work()
    assert leased == [1, 2, 3, 4]

    with clock.travel(datetime.now(UTC) + timedelta(minutes=20)):
        [first] = reactions._lease(20)

    assert first.position == 1
    assert list(Task.objects.order_by("position").values_list("attempts", flat=True)) == [2, 1, 1, 1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_reaction_happens_once_though_the_worker_is_killed_at_any_commit(moment):
    """Each round adds entries, kills a worker one commit further on, and lets another finish after the lease."""
    number = 0
    while True:
        number += 1
        choose(number=number)
        killed = run_worker(number, moment)
        assert killed in {0, -9}
        assert run_worker(0, "never", later=20 * number) == 0
        assert counts() == dict.fromkeys(range(1, number + 1), 1)
        assert followed() == dict.fromkeys(range(1, number + 1), 1)
        if killed == 0:
            break
    assert number > 3
    assert list(Task.objects.all()) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_concurrent_actions_neither_deadlock_nor_leave_gaps_and_no_entry_is_skipped():
    """Writers and a worker at once: the cursor meets every entry although they commit at their own pace."""
    errors: list[Exception] = []
    done = threading.Event()

    def write(start: int) -> None:
        try:
            for number in range(start, start + 15):
                choose(number=number)
        except Exception as error:  # noqa: BLE001 (a thread's error must reach the test)
            errors.append(error)
        finally:
            connections.close_all()

    def react() -> None:
        try:
            while not done.is_set():
                work()
            work_until_done()
        except Exception as error:  # noqa: BLE001 (a thread's error must reach the test)
            errors.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(100 * n,)) for n in range(8)]
    workers = [threading.Thread(target=react) for _ in range(2)]
    for thread in [*workers, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in workers:
        thread.join()

    expected = dict.fromkeys((100 * n + k for n in range(8) for k in range(15)), 1)
    assert errors == []
    assert counts() == expected
    assert followed() == expected
    assert last_position() == Entry.objects.count() == 2 * len(expected)
