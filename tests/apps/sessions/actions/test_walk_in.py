"""Somebody comes whom nobody had written down, and is a person who takes part; or her row says why not."""

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import AFTER, MONDAY, a_session, a_trainer, women
from tests.journal import journal
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Track
from trenza.apps.sessions.actions import admit_walk_in, capture_walk_in, open_session, sign_up
from trenza.apps.sessions.errors import AlreadySettled
from trenza.apps.sessions.models import SignUp, WalkIn
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(MONDAY):
        yield a_programme()


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


def captured(programme, marta, *, session=None, **values) -> WalkIn:
    said = {"given_name": "Luz", "family_name": "Mamani", "region": "norte", "age_band": "25_29"}
    row = capture_walk_in(session=session or a_session(programme), by=marta, **(said | values))
    work_until_done()
    row.refresh_from_db()
    return row


def test_walk_in_is_registered_under_her_id_enrolled_and_has_a_place(programme, marta):
    row = captured(programme, marta)

    luz = Person.objects.get(pk=row.pk)
    enrolment = Enrolment.objects.get(person=luz)
    assert (luz.name, luz.country, luz.synthetic) == ("Luz Mamani", "BO", False)
    assert (row.state, row.reason, row.enrolment) == ("registered", "", enrolment)
    assert (enrolment.edition, enrolment.track) == (row.session.edition, row.session.track)
    assert (enrolment.region and enrolment.region.code, enrolment.age_band) == ("norte", "25_29")
    assert SignUp.objects.get().person == luz
    kinds = [(kind, about) for kind, about, _, _ in journal() if about == row.pk]
    assert kinds == [
        (kind, row.pk)
        for kind in (
            "sessions.walk_in_captured.v1",
            "people.person_registered.v1",
            "programmes.enrolled.v1",
            "sessions.signed_up.v1",
            "sessions.walk_in_registered.v1",
        )
    ]


def test_walk_in_of_a_demonstration_is_synthetic(programme, marta):
    Person.objects.filter(pk=marta.pk).update(synthetic=True)
    marta.refresh_from_db()

    assert Person.objects.get(pk=captured(programme, marta).pk).synthetic


def test_walk_in_where_there_is_no_place_left_is_registered_all_the_same(programme, marta):
    session = a_session(programme, capacity=1)
    [ana] = women(programme, "Ana")
    sign_up(session=session, person=ana.person, by=None)

    row = captured(programme, marta, session=session)
    assert (row.state, row.reason, SignUp.objects.count()) == ("registered", "full", 1)


def test_walk_in_that_arrives_after_the_session_is_registered(programme, marta):
    session = a_session(programme)
    with clock.travel(AFTER):
        assert captured(programme, marta, session=session).state == "registered"


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"region": "luna"}, "unknown_region"), ({"age_band": "16_17"}, "guardian_needed")],
)
def test_walk_in_who_cannot_be_registered_says_why(programme, marta, values, reason):
    row = captured(programme, marta, **values)

    assert (row.state, row.reason, row.enrolment) == ("refused", reason, None)
    assert not Person.objects.filter(pk=row.pk).exists()
    assert journal()[-1][3] == {"session": str(row.session_id), "walk_in": str(row.pk), "reason": reason}


def test_walk_in_of_a_session_of_several_tracks_asks_for_one(programme, marta):
    second = Track.objects.create(programme=programme, code="otra", name="Otra", summary="…")
    edition = programme.editions.get()
    edition.tracks.add(second)
    session = open_session(edition=edition, kind="class", starts_at=MONDAY, minutes=60, time_zone="UTC", by=None)
    row = captured(programme, marta, session=session)
    assert (row.state, row.reason) == ("refused", "no_track")

    admit_walk_in(walk_in=row.pk, track=second, by=marta)
    assert Enrolment.objects.get(person=row.pk).track == second
    with pytest.raises(AlreadySettled):
        admit_walk_in(walk_in=row.pk, by=marta)


def test_refused_walk_in_is_tried_again_with_what_was_wrong_put_right(programme, marta):
    row = captured(programme, marta, region="luna")

    again = admit_walk_in(walk_in=row.pk, region="sur", by=marta)

    assert (again.state, again.region) == ("registered", "sur")
    assert Enrolment.objects.get(person=row.pk).region == programme.regions.get(code="sur")
    with pytest.raises(NotAllowed):
        admit_walk_in(walk_in=row.pk, by=a_person("Rosa"))


def test_walk_in_without_a_name_or_in_no_band_is_none(programme, marta):
    session = a_session(programme)
    for values in ({"given_name": " "}, {"given_name": "Luz", "age_band": "old"}):
        with pytest.raises(ValueError, match="has a name"):
            capture_walk_in(session=session, by=marta, **values)
    with pytest.raises(NotAllowed):
        capture_walk_in(session=session, given_name="Luz", by=a_person("Rosa"))
