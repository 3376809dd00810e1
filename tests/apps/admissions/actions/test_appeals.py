from datetime import timedelta

import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.actions.test_judging_anew import ADULTS, applied, history
from tests.apps.admissions.examples import a_call, a_person
from tests.journal import journal
from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.appeals import answer_appeal, appeal_until, make_appeal
from trenza.apps.admissions.actions.applications import withdraw_application
from trenza.apps.admissions.errors import AppealNotOpen, NotEnough, NotFulfillable, WrongState
from trenza.apps.admissions.models import Application, Call
from trenza.apps.people.api import Person, grant_role
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def refused() -> Application:
    return applied(a_call(rules=ADULTS))


def a_trainer(call: Call) -> Person:
    person = a_person(901)
    grant_role(person=person, role="trainer", scope_kind="programme", scope=call.programme_id, by=None)
    return person


def test_she_asks_for_a_second_look_once_at_a_time():
    application = refused()

    appeal = make_appeal(application=application, text=" Ya tengo 25. ", by=application.person)

    assert (appeal.text, appeal.upheld) == ("Ya tengo 25.", None)
    assert journal()[-1][0] == "admissions.appeal_made.v1"
    assert "tengo" not in str(journal()[-1][3])
    with pytest.raises(AppealNotOpen):
        make_appeal(application=application, text="Otra vez", by=application.person)
    with pytest.raises(NotAllowed):
        make_appeal(application=application, text="Soy otra", by=a_person(2))


def test_she_may_until_the_days_are_over_and_where_something_is_unmet():
    application = refused()
    until = appeal_until(application)
    assert until is not None
    assert (until - application.judgements.get().judged_at) == timedelta(days=30)

    with travel(until + timedelta(seconds=1)), pytest.raises(AppealNotOpen):
        make_appeal(application=application, text="Tarde", by=application.person)
    with pytest.raises(NotEnough):
        make_appeal(application=application, text="  ", by=application.person)
    fine = applied(application.call, 3)
    Application.objects.filter(pk=fine.pk).update(state="submitted")
    with pytest.raises(AppealNotOpen):
        make_appeal(application=fine, text="Estoy bien", by=fine.person)


def test_a_coordinator_says_she_is_right_and_it_is_judged_again():
    application = refused()
    coordinator = coordinator_of(application.call)
    appeal = make_appeal(application=application, text="Ya tengo 25.", by=application.person)
    assert list(rules.readable_appeals.which(coordinator)) == [appeal]

    with pytest.raises(NotFulfillable):
        answer_appeal(appeal=appeal, upheld=True, reason="Sí.", by=coordinator)
    answered = answer_appeal(appeal=appeal, upheld=True, reason="Vimos tu cédula.", rules_met=["edad"], by=coordinator)

    application.refresh_from_db()
    assert (application.state, answered.upheld, answered.answered_by) == ("submitted", True, coordinator)
    assert history(application)[-1][0] == "appeal"
    assert "cédula" not in str(journal())
    with pytest.raises(AppealNotOpen):
        answer_appeal(appeal=appeal, upheld=False, reason="No.", by=coordinator)


def test_a_coordinator_says_no_with_a_reason_and_she_may_ask_again_until_the_days_are_over():
    application = refused()
    coordinator = coordinator_of(application.call)
    appeal = make_appeal(application=application, text="Ya tengo 25.", by=application.person)

    with pytest.raises(NotEnough):
        answer_appeal(appeal=appeal, upheld=False, reason=" ", by=coordinator)
    answer_appeal(appeal=appeal, upheld=False, reason="Tu cédula dice 21.", by=coordinator)

    application.refresh_from_db()
    assert application.state == "not_eligible"
    assert make_appeal(application=application, text="Mira bien.", by=application.person).answered_at is None


def test_nobody_answers_herself_nor_from_elsewhere():
    application = refused()
    appeal = make_appeal(application=application, text="Ya tengo 25.", by=application.person)
    grant_role(person=application.person, role="coordinator", scope_kind="all", scope=None, by=None)

    for by in (application.person, a_person(9), a_trainer(application.call)):
        with pytest.raises(NotAllowed):
            answer_appeal(appeal=appeal, upheld=True, reason="Sí.", rules_met=["edad"], by=by)
        assert list(rules.readable_appeals.which(by)) == []


def test_of_who_withdrew_only_no_can_be_said():
    application = refused()
    coordinator = coordinator_of(application.call)
    appeal = make_appeal(application=application, text="Ya tengo 25.", by=application.person)
    withdraw_application(application=application, by=application.person)

    with pytest.raises(WrongState):
        answer_appeal(appeal=appeal, upheld=True, reason="Sí.", rules_met=["edad"], by=coordinator)
    appeal.refresh_from_db()
    assert appeal.answered_at is None
    assert answer_appeal(appeal=appeal, upheld=False, reason="La retiraste.", by=coordinator).upheld is False
