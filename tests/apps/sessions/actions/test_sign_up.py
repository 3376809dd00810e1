"""Places in a session: no more than there are, and one for each."""

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import AFTER, BEFORE, a_session, a_trainer, women
from tests.journal import journal
from trenza.apps.sessions.actions import cancel_session, sign_up, withdraw_sign_up
from trenza.apps.sessions.errors import (
    AlreadySignedUp,
    Full,
    NotExpected,
    NotSignedUp,
    SessionCancelled,
    SessionOver,
)
from trenza.apps.sessions.models import SignUp
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day_before():
    with clock.travel(BEFORE):
        yield


def test_sign_up_gives_her_a_place():
    programme = a_programme()
    session = a_session(programme)
    [ana] = women(programme, "Ana")
    row = sign_up(session=session, person=ana.person, by=ana.person)

    assert (row.at, row.by) == (BEFORE, ana.person)
    data = {"session": str(session.pk), "sign_up": str(row.pk)}
    assert journal()[-1] == ("sessions.signed_up.v1", ana.person_id, ana.person_id, data)
    with pytest.raises(AlreadySignedUp) as again:
        sign_up(session=session, person=ana.person, by=ana.person)
    assert again.value.sign_up == row


def test_last_place_is_given_once_and_again_when_it_is_given_back():
    programme = a_programme()
    session = a_session(programme, capacity=1)
    ana, eva = women(programme, "Ana", "Eva")
    row = sign_up(session=session, person=ana.person, by=ana.person)
    with pytest.raises(Full):
        sign_up(session=session, person=eva.person, by=eva.person)

    withdraw_sign_up(sign_up=row, by=ana.person)
    sign_up(session=session, person=eva.person, by=eva.person)

    assert list(SignUp.objects.filter(withdrawn_at=None).values_list("person", flat=True)) == [eva.person_id]
    with pytest.raises(NotSignedUp):
        withdraw_sign_up(sign_up=row, by=ana.person)


def test_sign_up_for_another_is_for_who_keeps_the_session():
    programme = a_programme()
    session = a_session(programme)
    ana, eva = women(programme, "Ana", "Eva")

    with pytest.raises(NotAllowed):
        sign_up(session=session, person=ana.person, by=eva.person)
    row = sign_up(session=session, person=ana.person, by=a_trainer(programme))
    with pytest.raises(NotAllowed):
        withdraw_sign_up(sign_up=row, by=eva.person)


def test_sign_up_of_somebody_from_elsewhere_is_refused():
    programme = a_programme()
    rosa = a_person("Rosa")

    with pytest.raises(NotExpected):
        sign_up(session=a_session(programme), person=rosa, by=rosa)


def test_sign_up_for_what_is_over_or_cancelled_is_refused():
    programme = a_programme()
    session = a_session(programme)
    [ana] = women(programme, "Ana")
    with clock.travel(AFTER), pytest.raises(SessionOver):
        sign_up(session=session, person=ana.person, by=ana.person)
    cancel_session(session=session, by=None)

    with pytest.raises(SessionCancelled):
        sign_up(session=session, person=ana.person, by=ana.person)
