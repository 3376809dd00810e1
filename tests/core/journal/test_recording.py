import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.core.journal import toys
from tests.core.journal.toys import Chosen, choose
from tests.journal import journal
from trenza.apps.people.models import Consent
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, all_or_nothing, engines, record
from trenza.core.models import Device, Entry

pytestmark = pytest.mark.django_db


def test_record_outside_an_action_is_an_error():
    with pytest.raises(RuntimeError, match="outside an action"):
        record(Chosen(number=1), by=None, about=None)

    assert journal() == []


def test_action_writes_its_entries_in_order_with_positions_without_gaps():
    choose(number=1)
    choose(number=2)

    assert list(Entry.objects.values_list("position", "sequence", "data__number").order_by("position")) == [
        (1, 1, 1),
        (2, 2, 2),
    ]
    assert Device.objects.get().kind == "authority"


def test_action_that_raises_writes_nothing():
    @action
    def fail() -> None:
        record(Chosen(number=1), by=None, about=None)
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fail()

    assert journal() == []


def test_inner_action_that_raises_takes_only_its_own_entries_with_it():
    @action
    def inner() -> None:
        record(Chosen(number=2), by=None, about=None)
        raise ValueError("on purpose")

    @action
    def outer() -> None:
        record(Chosen(number=1), by=None, about=None)
        with pytest.raises(ValueError, match="on purpose"):
            inner()
        record(Chosen(number=3), by=None, about=None)

    outer()

    assert [data["number"] for _, _, _, data in journal()] == [1, 3]


def test_all_or_nothing_takes_no_savepoints_and_nobody_goes_on_after_an_error():
    @action
    def fail() -> None:
        record(Chosen(number=2), by=None, about=None)
        raise ValueError("on purpose")

    @action
    def whole(*, fails: bool) -> None:
        with all_or_nothing():
            choose(number=1)
            if fails:
                with pytest.raises(ValueError, match="on purpose"):
                    fail()
                choose(number=3)

    with CaptureQueriesContext(connection) as queries:
        whole(fails=False)
    assert len([each for each in queries if each["sql"].startswith("SAVEPOINT")]) == 1  # of the outermost, in a test
    with pytest.raises(transaction.TransactionManagementError):
        whole(fails=True)

    assert [data["number"] for _, _, _, data in journal()] == [1]


def test_what_was_all_or_nothing_within_is_undone_alone_by_who_goes_on():
    @action
    def whole() -> None:
        with all_or_nothing():
            choose(number=2)
            raise ValueError("on purpose")

    @action
    def outer() -> None:
        choose(number=1)
        with pytest.raises(ValueError, match="on purpose"):
            whole()
        choose(number=3)

    outer()

    assert [data["number"] for _, _, _, data in journal()] == [1, 3]


def test_action_takes_keyword_arguments_only():
    with pytest.raises(TypeError, match="keyword"):

        @action
        def positional(number: int) -> None: ...


@pytest.mark.django_db(transaction=True)
def test_outermost_action_within_a_transaction_of_others_is_refused():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        choose(number=1)

    assert journal() == []


def test_action_costs_few_queries(django_assert_num_queries):
    choose(number=1)
    toys.choose(number=1)

    # Savepoint, where the journal stands, insert, release; PostgreSQL takes its lock and inserts in one round trip.
    with django_assert_num_queries(4 if connection.vendor == "sqlite" else 3):
        choose(number=2)


@pytest.mark.django_db(transaction=True)
def test_action_whose_commit_fails_writes_nothing_and_the_next_one_works():
    @action
    def point_nowhere() -> None:
        Consent.objects.create(person_id=new_id(), text="data-use", version=1, given_at=clock.now())
        record(Chosen(number=1), by=None, about=None)

    with pytest.raises(IntegrityError):
        point_nowhere()

    choose(number=2)
    connections.close_all()  # what is read below was committed
    assert list(Consent.objects.all()) == []
    assert [data["number"] for _, _, _, data in journal()] == [2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [1, engines.FEW - 1, engines.FEW])
def test_action_is_committed_whole_when_it_returns(count):
    @action
    def many() -> None:
        for number in range(count):
            record(Chosen(number=number), by=None, about=None)

    choose(number=0)
    many()
    connections.close_all()

    entries = list(Entry.objects.values_list("position", "sequence", "data__number").order_by("position"))
    assert entries == [(1, 1, 0), *((n + 2, n + 2, n) for n in range(count))]


@given(st.sets(st.integers(1, 60), min_size=1), st.sets(st.integers(1, 60), min_size=1))
def test_any_of_finds_these_numbers_and_no_others(wanted, there):
    rows = " UNION ALL ".join(f"SELECT {number} AS n" for number in there)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n FROM ({rows}) AS t WHERE {engines.any_of('n', wanted)}")
        found = {row[0] for row in cursor.fetchall()}

    assert found == wanted & there
