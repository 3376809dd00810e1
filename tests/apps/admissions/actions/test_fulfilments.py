import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.actions.test_judging_anew import ADULTS, applied, ask, history
from tests.apps.admissions.examples import RULES, a_call, a_person
from tests.journal import journal
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.fulfilments import complete_readiness, override_rule, undo_fulfilment
from trenza.apps.admissions.errors import NotEnough, NotFulfillable, WrongState
from trenza.apps.admissions.models import Call, Readiness
from trenza.apps.people.api import Person, grant_role
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def a_path(call: Call, rule: str = "correo", kind: str = "email") -> Readiness:
    return Readiness.objects.create(programme=call.programme, code=rule, rule=rule, kind=kind, title="Tu correo")


def a_trainer(call: Call) -> Person:
    person = a_person(901)
    grant_role(person=person, role="trainer", scope_kind="programme", scope=call.programme_id, by=None)
    return person


def test_who_does_what_a_path_asks_meets_the_rule_and_keeps_her_place():
    call = a_call()
    application = applied(call, has_email=False)
    arrived = application.submitted_at

    done = complete_readiness(application=application, readiness=a_path(call), by=application.person)

    assert (done.state, done.submitted_at) == ("submitted", arrived)
    assert history(application)[-1] == ("readiness", "submitted", [True, True])
    assert [(each.rule, each.how, each.made_by) for each in application.fulfilments.all()] == [
        ("correo", "email", application.person)
    ]
    assert journal()[-1][0] == "admissions.rule_fulfilled.v1"
    complete_readiness(application=application, readiness=Readiness.objects.get(), by=application.person)
    assert application.fulfilments.count() == 1


def test_nobody_does_it_for_her_nor_for_a_rule_that_is_met():
    call = a_call()
    application = applied(call, has_email=False)

    with pytest.raises(NotAllowed):
        complete_readiness(application=application, readiness=a_path(call), by=a_person(2))
    with pytest.raises(NotFulfillable):
        complete_readiness(application=application, readiness=a_path(call, "edad"), by=application.person)
    assert application.fulfilments.count() == 0


def test_a_coordinator_overrides_with_a_reason_and_takes_it_back():
    call = a_call(rules=ADULTS)
    application = applied(call)
    coordinator = coordinator_of(call)
    assert application.state == "not_eligible"

    made = override_rule(application=application, rule="edad", reason=" Cumple en mayo. ", by=coordinator)

    application.refresh_from_db()
    assert (application.state, made.reason, made.made_by) == ("submitted", "Cumple en mayo.", coordinator)
    assert "mayo" not in str(journal())
    assert ask(call, [RULES[1], ADULTS[0]]) == 1  # judged again: what was overridden stays met
    application.refresh_from_db()
    assert application.state == "submitted"

    undo_fulfilment(fulfilment=made, by=coordinator)

    application.refresh_from_db()
    assert application.state == "not_eligible"
    assert [cause for cause, *_ in history(application)] == ["applied", "override", "rules", "undone"]
    with pytest.raises(NotFulfillable):
        undo_fulfilment(fulfilment=made, by=coordinator)
    assert override_rule(application=application, rule="edad", reason="Otra vez.", by=coordinator).undone_at is None


def test_an_override_needs_a_reason_a_rule_that_is_unmet_and_somebody_who_may():
    call = a_call(rules=ADULTS)
    application = applied(call)
    coordinator = coordinator_of(call)

    with pytest.raises(NotEnough):
        override_rule(application=application, rule="edad", reason="  ", by=coordinator)
    with pytest.raises(NotFulfillable):
        override_rule(application=application, rule="correo", reason="Sí.", by=coordinator)
    with pytest.raises(NotFulfillable):
        override_rule(application=application, rule="otra", reason="Sí.", by=coordinator)
    with pytest.raises(NotAllowed):
        override_rule(application=application, rule="edad", reason="Sí.", by=a_trainer(call))
    grant_role(person=application.person, role="coordinator", scope_kind="all", scope=None, by=None)
    with pytest.raises(NotAllowed):
        override_rule(application=application, rule="edad", reason="Soy yo.", by=application.person)
    assert application.fulfilments.count() == 0


def test_whoever_has_a_place_is_not_judged_by_undoing():
    call = a_call(rules=ADULTS)
    application = applied(call)
    coordinator = coordinator_of(call)
    made = override_rule(application=application, rule="edad", reason="Sí.", by=coordinator)
    application.refresh_from_db()
    award_application(application=application, by=coordinator)

    with pytest.raises(WrongState):
        undo_fulfilment(fulfilment=made, by=coordinator)

    made.refresh_from_db()
    assert made.undone_at is None
