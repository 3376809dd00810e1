"""Opening, changing and cancelling sessions, and who gives them."""

from datetime import timedelta

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import BEFORE, MONDAY, a_session, a_trainer, a_workshop, women
from tests.journal import journal
from trenza.apps.programmes.api import NotOffered
from trenza.apps.sessions import rules
from trenza.apps.sessions.actions import (
    add_trainer,
    cancel_session,
    change_session,
    open_session,
    remove_trainer,
    sign_up,
)
from trenza.apps.sessions.errors import AlreadyGives, SessionCancelled, TooFewPlaces
from trenza.apps.sessions.models import Session, SessionTrainer
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day_before():
    with clock.travel(BEFORE):
        yield


def test_open_session_writes_who_opened_it_and_what_it_is():
    programme = a_programme()
    marta = a_trainer(programme)
    session = open_session(
        edition=programme.editions.get(),
        kind="class",
        starts_at=MONDAY,
        minutes=90,
        time_zone="America/La_Paz",
        title=" Redes ",
        by=marta,
    )

    assert (session.title, session.opened_by, session.track, session.ends_at - MONDAY) == (
        "Redes",
        marta,
        None,
        timedelta(minutes=90),
    )
    assert journal()[-1] == (
        "sessions.session_opened.v1",
        None,
        marta.pk,
        {
            "session": str(session.pk),
            "edition": str(session.edition_id),
            "track": None,
            "centre": None,
            "kind": "class",
            "starts_at": int(MONDAY.timestamp()),
            "minutes": 90,
        },
    )


def test_open_session_of_a_workshop_takes_its_name_and_track():
    programme = a_programme()
    workshop = a_workshop(programme)
    session = a_session(programme, kind="workshop", workshop=workshop, title="", track=None)

    assert (session.title, session.track, session.kind) == ("Taller de redes", workshop.track, "workshop")


def test_open_session_by_a_trainer_of_a_region_is_hers():
    programme = a_programme()
    marta = a_trainer(programme, scope="region")
    session = open_session(
        edition=programme.editions.get(), kind="class", starts_at=MONDAY, minutes=90, time_zone="UTC", by=marta
    )

    assert [row.person for row in session.trainers.all()] == [marta]
    assert rules.kept_sessions.allows(marta, session)


def test_open_session_beyond_her_reach_is_refused():
    mine, other = a_programme(), a_programme("otra")

    with pytest.raises(NotAllowed):
        a_session(other, by=a_trainer(mine))
    assert list(Session.objects.all()) == []


def test_open_session_of_another_programmes_track_is_not_offered():
    with pytest.raises(NotOffered):
        a_session(a_programme(), track=a_programme("otra").tracks.get())


def test_change_session_writes_what_changed():
    session = a_session()

    assert change_session(session=session, changes={"place": "Escuela", "minutes": 120}, by=None)
    assert not change_session(session=session, changes={"place": "Escuela"}, by=None)

    session.refresh_from_db()
    assert session.place == "Escuela"
    assert journal()[-1][3] == {"session": str(session.pk), "fields": ["place"]}


def test_change_session_to_fewer_places_than_are_taken_is_refused():
    programme = a_programme()
    session = a_session(programme)
    for enrolment in women(programme, "Ana", "Eva"):
        sign_up(session=session, person=enrolment.person, by=enrolment.person)

    with pytest.raises(TooFewPlaces):
        change_session(session=session, changes={"capacity": 1}, by=None)
    assert change_session(session=session, changes={"capacity": 2}, by=None)


def test_change_session_that_is_not_hers_is_refused():
    programme = a_programme()

    with pytest.raises(NotAllowed):
        change_session(session=a_session(programme), changes={"place": "x"}, by=a_person("Rosa"))


def test_cancel_session_once():
    programme = a_programme()
    marta = a_trainer(programme)
    session = a_session(programme)
    cancel_session(session=session, by=marta)

    session.refresh_from_db()
    assert (session.cancelled_at, session.cancelled_by) == (BEFORE, marta)
    for change in (cancel_session, lambda **each: change_session(changes={"place": "x"}, **each)):
        with pytest.raises(SessionCancelled):
            change(session=session, by=marta)


def test_trainer_is_added_once_and_removed():
    programme = a_programme()
    session, eva = a_session(programme), a_trainer(programme, name="Eva", scope="region")
    row = add_trainer(session=session, person=eva, substitute=True, by=None)
    with pytest.raises(AlreadyGives):
        add_trainer(session=session, person=eva, by=None)
    assert rules.kept_sessions.allows(eva, session)

    remove_trainer(trainer=row, by=None)

    assert not rules.kept_sessions.allows(eva, session)
    with pytest.raises(NotAllowed):
        remove_trainer(trainer=row, by=None)
    assert [each[0].split(".")[1] for each in journal()[-2:]] == ["trainer_added", "trainer_removed"]
    assert SessionTrainer.objects.get().removed_at == BEFORE
