"""What goes down to a trainer's phone: her sessions of these days and whom she may mark in them."""

from datetime import timedelta

import pytest

from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import BEFORE, MONDAY, a_session, a_trainer, a_workshop, women
from trenza.apps.people.api import grant_role
from trenza.apps.sessions.actions import Said, cancel_session, capture_walk_in, mark_attendance, sign_up
from trenza.apps.sessions.models import Mark, Session, SessionTrainer
from trenza.apps.sessions.roster import roster
from trenza.apps.sync.api import state_of
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(MONDAY):
        yield a_programme()


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


def test_roster_has_her_sessions_with_their_people_and_marks(programme, marta):
    session = a_session(programme, by=marta, kind="workshop", workshop=a_workshop(programme))
    ana, eva = women(programme, "Ana", "Eva")
    sign_up(session=session, person=ana.person, by=None)
    luz = capture_walk_in(session=session, given_name="Luz", by=marta)
    mark_attendance(session=session, marks={eva.person_id: Said("late")}, by=a_trainer(programme, name="Olga"))
    [mark] = Mark.objects.all()

    [found] = roster(marta.pk)["teaching"]
    people = found.pop("people")
    assert found == {
        "id": session.pk.hex,
        "kind": "workshop",
        "title": "Hojas de cálculo",
        "place": "Biblioteca",
        "edition": session.edition_id.hex,
        "track": session.track_id.hex,
        "starts_at": int(MONDAY.timestamp()),
        "minutes": 120,
        "time_zone": "America/La_Paz",
        "regions": [("norte", "norte"), ("sur", "sur")],
    }
    assert people == [
        {"id": ana.person_id.hex, "name": "Ana Quispe", "heads": []},
        {"id": eva.person_id.hex, "name": "Eva Quispe", "heads": [[mark.device.hex, mark.sequence, 1, False]]},
        {"id": luz.pk.hex, "name": "Luz", "heads": []},
    ]


def test_class_has_whoever_is_enrolled_in_its_track(programme, marta):
    a_session(programme, by=marta)
    women(programme, "Eva", "Ana")

    [found] = roster(marta.pk)["teaching"]
    assert [each["name"] for each in found["people"]] == ["Ana Quispe", "Eva Quispe"]


def test_class_of_more_than_a_group_has_who_signed_up(programme, marta, monkeypatch):
    session = a_session(programme, by=marta)
    ana, _ = women(programme, "Ana", "Eva")
    sign_up(session=session, person=ana.person, by=None)
    for most in ("MOST_PEOPLE", "MOST_ENROLLED"):
        with monkeypatch.context() as patch:
            patch.setattr(f"trenza.apps.sessions.queries.{most}", 1)
            [found] = roster(marta.pk)["teaching"]
        assert [each["name"] for each in found["people"]] == ["Ana Quispe"]


def test_roster_is_of_yesterday_to_in_two_weeks(programme, marta):
    days = {day: a_session(programme, by=marta, starts_at=MONDAY + timedelta(days=day)) for day in (-2, -1, 0, 13, 14)}
    cancel_session(session=days[0], by=None)
    a_session(programme)  # another's

    assert [each["id"] for each in roster(marta.pk)["teaching"]] == [days[-1].pk.hex, days[13].pk.hex]


def test_roster_says_of_what_and_where_she_may_begin_a_session(programme):
    centre = a_centre()
    edition, track = programme.editions.get(), programme.tracks.get()
    offer = {
        "edition": edition.pk.hex,
        "track": track.pk.hex,
        "name": f"{track.name} · {programme.name}, {edition.name}",
    }
    offer["regions"] = [("norte", "norte"), ("sur", "sur")]
    for name, scope, id, needed in (("Olga", "edition", edition.pk, False), ("Rita", "centre", centre.pk, True)):
        olga = a_person(name)
        grant_role(person=olga, role="trainer", scope_kind=scope, scope=id, by=None)
        a_session(programme, by=olga, centre=centre.pk, starts_at=MONDAY - timedelta(days=30))
        with clock.travel(MONDAY):
            found = roster(olga.pk)
        assert (found["teaching"], found["opening"]["of"]) == ([], [{**offer, "centre": needed}])
        assert [each[0] for each in found["opening"]["centres"]] == ([centre.pk.hex] if needed else [])
    with clock.travel(MONDAY + timedelta(days=3_650)):
        assert roster(olga.pk)["opening"]["of"] == []


def test_who_gives_no_session_gets_nothing_in_one_query(programme, django_assert_num_queries):
    rosa = a_person("Rosa")
    with django_assert_num_queries(1):
        assert roster(rosa.pk) == {}
    assert b"teaching" not in bytes(state_of(rosa.pk).json)


def test_roster_takes_as_many_queries_for_three_as_for_one(programme, marta, django_assert_num_queries):
    session = a_session(programme, by=marta)
    ana, *three = women(programme, "Ana", "Bea", "Eva", "Luz")
    mark_attendance(session=session, marks={ana.person_id: Said("present")}, by=marta)
    with django_assert_num_queries(21):
        roster(marta.pk)
    for _ in range(2):
        another = a_session(programme, by=marta)
        mark_attendance(session=another, marks={each.person_id: Said("late") for each in three}, by=marta)

    with django_assert_num_queries(21):
        assert [len(each["people"]) for each in roster(marta.pk)["teaching"]] == [4, 4, 4]


def test_roster_without_her_role_is_empty(programme):
    rosa = a_person("Rosa")
    with clock.travel(BEFORE):
        a_session(programme)

    SessionTrainer.objects.create(session=Session.objects.get(), person=rosa, added_at=BEFORE)

    assert roster(rosa.pk) == {"teaching": [], "opening": {"of": [], "centres": []}}
