"""Writing down that somebody tried to reach her: what the journal holds, what it does not, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.accompaniment.examples import Group, a_group, called, date_of, day, enrolled
from tests.journal import journal
from tests.portals.office.people import staff
from trenza.apps.accompaniment import privacy
from trenza.apps.accompaniment.actions import record_attempt
from trenza.apps.accompaniment.errors import NothingWritten, WrongDay
from trenza.apps.accompaniment.models import Attempt, AttemptNote
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import check
from trenza.core.privacy import export_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db) -> Group:
    return a_group()


@pytest.fixture
def ana(group) -> Enrolment:
    [found] = enrolled(group, "Ana")
    return found


def attempted() -> list[dict[str, Any]]:
    return [data for kind, _, _, data in journal() if kind == "accompaniment.contact_attempted.v1"]


def test_attempt_is_in_the_journal_without_its_note_and_can_be_rebuilt(group, ana):
    called(group, ana, 3, "call_back", call_back_on=date_of(5), note=" Trabaja\nhasta las seis. ")

    assert attempted() == [
        {"enrolment": str(ana.pk), "channel": "call", "outcome": "call_back", "call_back_on": "2026-03-07"}
    ]
    row = Attempt.objects.get()
    assert (row.person, row.edition, row.by, row.moment) == (ana.person_id, ana.edition_id, group.marta.pk, day(3))
    assert AttemptNote.objects.get().text == "Trabaja\nhasta las seis."
    assert list(check()) == []  # the projection, made anew, is the same


def test_one_tap_too_many_is_no_second_attempt(group, ana):
    assert called(group, ana, 3, "no_answer") is True
    assert called(group, ana, 3, "no_answer", note="Otra vez.") is False
    assert called(group, ana, 3, "reached") is True
    assert called(group, ana, 4, "no_answer") is True
    assert (len(attempted()), AttemptNote.objects.count()) == (3, 0)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"outcome": "call_back"}, WrongDay),
        ({"outcome": "reached", "call_back_on": date_of(5)}, WrongDay),
        ({"outcome": "call_back", "call_back_on": date_of(1)}, WrongDay),
        ({"outcome": "call_back", "call_back_on": date.max}, WrongDay),
        ({"outcome": "reached", "note": "x" * 501}, NothingWritten),
        ({"outcome": "killed"}, ValueError),
        ({"outcome": "reached", "channel": "pigeon"}, ValueError),
    ],
)
def test_attempt_that_cannot_be_is_refused(group, ana, more, error):
    wish = {"channel": "call", "person": ana.person_id, "by": group.marta}
    with clock.travel(day(3)), pytest.raises(error):
        record_attempt(**(wish | more))

    assert attempted() == []


def test_yesterday_in_utc_is_today_for_who_is_behind(group, ana):
    assert called(group, ana, 3, "call_back", call_back_on=day(3).date() - timedelta(days=1))


def test_whom_she_does_not_accompany_she_writes_nothing_about(group, ana):
    viewers = [staff("mentor"), staff("auditor"), ana.person]
    for viewer in viewers:
        with clock.travel(day(3)), pytest.raises(NotAllowed):
            record_attempt(person=ana.person_id, channel="call", outcome="reached", by=viewer)

    assert attempted() == []


def test_what_is_kept_is_hers_to_read_and_notes_go_with_her(group, ana):
    called(group, ana, 3, "no_answer", note="Contesta su hermana.")

    assert export_of(ana.person_id)["accompaniment"]["contact_attempts"] == [
        {
            "channel": "call",
            "outcome": "no_answer",
            "call_back_on": None,
            "moment": day(3),
            "note": "Contesta su hermana.",
        }
    ]
    privacy.erase(person=ana.person_id)
    assert (AttemptNote.objects.count(), Attempt.objects.count(), list(check())) == (0, 1, [])
