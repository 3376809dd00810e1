"""Any order, repetition and split of the same marks gives the same rows, and the same heads."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trenza.apps.sessions.events import AttendanceMarked
from trenza.apps.sessions.heads import MARKS, standings
from trenza.apps.sessions.models import Mark
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import check, incoming, ingest, rebuild

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 14, tzinfo=UTC)
IDENTITIES = st.tuples(st.integers(0, 2), st.integers(1, 9))

histories = st.lists(
    st.fixed_dictionaries(
        {
            "identity": IDENTITIES,
            "session": st.integers(0, 1),
            "person": st.integers(0, 1),
            "marker": st.integers(0, 2),
            "mark": st.sampled_from(MARKS),
            "minutes": st.integers(0, 5),
            "corrects": st.none() | IDENTITIES,
        }
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda each: each["identity"],
)


class Run:
    """The same history under names of its own, so that many runs stand in one database."""

    def __init__(self, history: list[dict[str, Any]]) -> None:
        self.name = new_id()
        self.names = {uuid5(self.name, f"{what} {n}"): f"{what} {n}" for what in WHAT for n in range(3)}
        self.entries = [self._entry(each) for each in history]

    def id(self, what: str, number: int) -> UUID:
        return uuid5(self.name, f"{what} {number}")

    def _entry(self, each: dict[str, Any]):
        device, sequence = each["identity"]
        corrects = each["corrects"] and (self.id("device", each["corrects"][0]), each["corrects"][1])
        return incoming(
            AttendanceMarked(session=self.id("session", each["session"]), mark=each["mark"]),
            device=self.id("device", device),
            sequence=sequence,
            happened_at=START + timedelta(minutes=each["minutes"]),
            person=self.id("person", each["person"]),
            by=self.id("marker", each["marker"]),
            corrects=corrects,
        )

    def persons(self) -> list[UUID]:
        return [self.id("person", n) for n in range(2)]

    def rows(self) -> list[tuple[Any, ...]]:
        columns = ("device", "sequence", "session", "person", "mark", "marker", "moment", "superseded")
        found = Mark.objects.filter(person__in=self.persons()).values_list(*columns)
        return sorted((tuple(self.names.get(value, value) for value in row) for row in found), key=repr)

    def marks(self) -> dict[tuple[str, str], str | None]:
        found = standings([self.id("session", n) for n in range(2)])
        return {(self.names[session], self.names[person]): each.mark for (session, person), each in found.items()}


WHAT = ("device", "session", "person", "marker")


@pytest.fixture(autouse=True)
def _when_phones_send():
    with clock.travel(START + timedelta(days=1)):
        yield


@given(histories, st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_marks_do_not_depend_on_order_repetition_or_split(history, random):
    whole, shuffled = Run(history), Run(history)
    ingest(whole.entries)
    left = [*shuffled.entries, *random.choices(shuffled.entries, k=3)]
    random.shuffle(left)
    while left:
        size = random.randint(1, 4)
        ingest(left[:size])
        left = left[size:]
    before = shuffled.rows()
    rebuild(shuffled.persons())

    assert before == whole.rows()
    assert shuffled.rows() == whole.rows()
    assert shuffled.marks() == whole.marks()


def mark(device: int, sequence: int, marker: int, what: str, **more: Any) -> dict[str, Any]:
    usual = {"session": 0, "person": 0, "minutes": 0, "corrects": None}
    return {"identity": (device, sequence), "marker": marker, "mark": what, **usual, **more}


def test_two_who_agree_are_one_attendance():
    run = Run([mark(0, 1, 0, "late"), mark(1, 1, 1, "late")])
    ingest(run.entries)

    assert run.marks() == {("session 0", "person 0"): "late"}
    assert check() == []


def test_two_who_differ_are_a_conflict():
    run = Run([mark(0, 1, 0, "present"), mark(1, 1, 1, "absent")])
    ingest(run.entries)

    assert run.marks() == {("session 0", "person 0"): None}


def test_later_mark_of_the_same_marker_corrects_the_earlier_one_whichever_comes_first():
    run = Run([mark(0, 1, 0, "absent"), mark(1, 7, 0, "late", corrects=(0, 1))])
    ingest(run.entries[::-1][:1])
    ingest(run.entries)

    assert run.marks() == {("session 0", "person 0"): "late"}
    assert [row[-1] for row in run.rows()] == [True, False]
    assert check() == []


@pytest.mark.parametrize("other", [{"marker": 1}, {"session": 1}], ids=["another marker", "another session"])
def test_nobody_corrects_what_is_not_hers(other):
    run = Run([mark(0, 1, 0, "absent"), mark(1, 1, **({"marker": 0, "what": "present"} | other), corrects=(0, 1))])
    ingest(run.entries)

    assert [row[-1] for row in run.rows()] == [False, False]
    assert run.marks()["session 0", "person 0"] == ("absent" if "session" in other else None)
