"""What is told to her of what is kept, and what is removed."""

import pytest

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import BEFORE, MONDAY, a_session, a_trainer, women
from trenza.apps.sessions import privacy
from trenza.apps.sessions.actions import Said, capture_walk_in, mark_attendance, sign_up
from trenza.apps.sessions.models import ExcusedReason, Mark, WalkIn
from trenza.apps.sessions.queries import people_of
from trenza.core import clock
from trenza.core.journal import check
from trenza.core.privacy import export_of

pytestmark = pytest.mark.django_db

TOLD = {"title": "Hojas de cálculo", "kind": "class", "starts_at": MONDAY}


@pytest.fixture
def programme(db):
    with clock.travel(BEFORE):
        yield a_programme()


@pytest.fixture
def ana(programme):
    return women(programme, "Ana")[0].person


def test_export_gives_her_places_marks_and_reasons(programme, ana):
    marta = a_trainer(programme)
    session = a_session(programme, by=marta)
    sign_up(session=session, person=ana, by=ana)
    mark_attendance(session=session, marks={ana.pk: Said("excused", "work")}, by=marta)

    assert export_of(ana.pk)["sessions"] == {
        "calendar_addresses": [],
        "sign_ups": [{"session": TOLD, "at": BEFORE, "withdrawn_at": None}],
        "attendance": [
            {"session": TOLD, "mark": "excused", "marks": [{"mark": "excused", "at": BEFORE, "reason": "work"}]}
        ],
        "walked_in": [],
        "gave": [],
    }
    assert export_of(marta.pk)["sessions"]["gave"] == [{"session": TOLD, "substitute": False, "until": None}]


def test_erase_removes_why_and_the_name_at_the_door_and_keeps_counts(programme, ana):
    marta = a_trainer(programme)
    session = a_session(programme, by=marta)
    luz = capture_walk_in(session=session, given_name="Luz", family_name="Mamani", by=marta)
    marks = {ana.pk: Said("excused", "work"), luz.pk: Said("excused", "health")}
    mark_attendance(session=session, marks=marks, by=marta)
    assert privacy.export(luz.pk)["walked_in"][0]["given_name"] == "Luz"

    privacy.erase(person=luz.pk)

    assert [row.person for row in ExcusedReason.objects.all()] == [ana.pk]
    assert WalkIn.objects.values_list("given_name", "family_name").get() == ("", "")
    assert Mark.objects.filter(person=luz.pk, mark="excused").count() == 1
    assert [each.name for each in people_of([session.pk])[session.pk]] == [""]
    assert check() == []
