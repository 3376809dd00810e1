import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.people.api import grant_role
from trenza.apps.programmes.api import (
    Completion,
    EarnedFollowOn,
    Enrolment,
    Module,
    NotConfirmable,
    NotOfThisTrack,
    PriorLearning,
    RequirementMet,
    confirm_requirement,
    meet_requirement,
    recognise_prior_learning,
)
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_id
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [line.kind.removeprefix("programmes.") for line in everything() if line.kind.startswith("programmes.")]


def test_meet_requirement_completes_the_track_when_all_modules_are_met():
    enrolment, evidence = an_enrolment(), new_id()
    met_at = datetime(2026, 5, 4, tzinfo=UTC)

    assert meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"), evidence=evidence, met_at=met_at)
    assert list(Completion.objects.all()) == []
    assert meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"))

    first = RequirementMet.objects.get(module__code="uno")
    assert (first.met_at, first.evidence, first.by) == (met_at, evidence, None)
    completed = Enrolment.objects.get()
    assert (completed.state, completed.completion) == ("completed", Completion.objects.get())
    assert EarnedFollowOn.objects.get().follow_on.code == "beca"
    assert kinds() == [
        "enrolled.v1",
        "requirement_met.v1",
        "requirement_met.v1",
        "track_completed.v1",
        "follow_on_earned.v1",
    ]
    assert check() == []


def test_meet_requirement_twice_changes_nothing():
    enrolment = an_enrolment()
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert not meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert RequirementMet.objects.count() == 1
    assert kinds() == ["enrolled.v1", "requirement_met.v1"]


def test_track_that_asks_for_a_number_is_complete_with_it():
    enrolment = an_enrolment(a_programme(completion=1))

    meet_requirement(enrolment=enrolment, module=module(enrolment, "dos"))
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert Completion.objects.count() == 1
    assert RequirementMet.objects.count() == 2


def test_retired_module_is_not_asked_for():
    enrolment = an_enrolment()
    Module.objects.filter(code="dos").update(retired_at=datetime(2026, 5, 4, tzinfo=UTC))

    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert Completion.objects.count() == 1


def test_module_of_another_track_is_refused():
    enrolment = an_enrolment()
    foreign = Module.objects.get(code="uno", track=a_programme("ajeno").tracks.get())

    with pytest.raises(NotOfThisTrack):
        meet_requirement(enrolment=enrolment, module=foreign)

    assert kinds() == ["enrolled.v1"]


def test_confirm_requirement_asks_for_the_role_that_the_module_names():
    enrolment, trainer, mentor = an_enrolment(), a_person("Ana"), a_person("Eva")
    programme = enrolment.edition.programme_id
    grant_role(person=trainer, role="trainer", scope_kind="programme", scope=programme, by=None)
    grant_role(person=mentor, role="mentor", scope_kind="programme", scope=programme, by=None)
    dos = module(enrolment, "dos")

    for by in (mentor, enrolment.person, a_person("Ida")):
        with pytest.raises(NotAllowed):
            confirm_requirement(enrolment=enrolment, module=dos, by=by)
    assert confirm_requirement(enrolment=enrolment, module=dos, by=trainer)

    assert RequirementMet.objects.get().by == trainer


def test_confirm_requirement_of_her_own_is_refused():
    enrolment = an_enrolment()
    grant_role(person=enrolment.person, role="coordinator", scope_kind="all", scope=None, by=None)

    with pytest.raises(NotAllowed):
        confirm_requirement(enrolment=enrolment, module=module(enrolment, "dos"), by=enrolment.person)


def test_recognise_prior_learning_meets_a_module_as_who_coordinates_says():
    enrolment, coordinator = an_enrolment(), a_person("Ana")
    grant_role(person=coordinator, role="coordinator", scope_kind="all", scope=None, by=None)
    uno = module(enrolment, "uno")

    assert recognise_prior_learning(enrolment=enrolment, module=uno, basis=PriorLearning.TEST, by=coordinator)
    assert not recognise_prior_learning(enrolment=enrolment, module=uno, basis=PriorLearning.SHOWN, by=coordinator)

    row = RequirementMet.objects.get()
    assert (row.module, row.prior, row.by) == (uno, "test", coordinator)
    assert kinds() == ["enrolled.v1", "requirement_met.v1", "prior_learning_recognised.v1"]
    assert check() == []


@pytest.mark.parametrize("role", ["trainer", "mentor", "auditor"])
def test_recognise_prior_learning_is_for_who_coordinates(role):
    enrolment, other = an_enrolment(), a_person("Ana")
    grant_role(person=other, role=role, scope_kind="all", scope=None, by=None)

    for by in (other, enrolment.person):
        with pytest.raises(NotAllowed):
            recognise_prior_learning(
                enrolment=enrolment, module=module(enrolment, "uno"), basis=PriorLearning.SHOWN, by=by
            )
    assert list(RequirementMet.objects.all()) == []


def test_recognise_prior_learning_of_a_retired_module_is_refused():
    enrolment, coordinator = an_enrolment(), a_person("Ana")
    grant_role(person=coordinator, role="coordinator", scope_kind="all", scope=None, by=None)
    enrolment.track.modules.filter(code="uno").update(retired_at=datetime(2026, 5, 4, tzinfo=UTC))

    with pytest.raises(NotOfThisTrack):
        recognise_prior_learning(
            enrolment=enrolment, module=module(enrolment, "uno"), basis=PriorLearning.SHOWN, by=coordinator
        )


def test_confirm_requirement_of_a_course_is_refused():
    enrolment, trainer = an_enrolment(), a_person("Ana")
    grant_role(person=trainer, role="trainer", scope_kind="all", scope=None, by=None)

    with pytest.raises(NotConfirmable):
        confirm_requirement(enrolment=enrolment, module=module(enrolment, "uno"), by=trainer)


@pytest.mark.django_db(transaction=True)
def test_meet_requirement_at_once_makes_one_row_and_one_completion():
    enrolment = an_enrolment()
    modules = [module(enrolment, code) for code in ("uno", "dos")]
    workers = 8
    barrier = threading.Barrier(workers)

    def react(number: int) -> bool:
        try:
            barrier.wait()
            return meet_requirement(enrolment=enrolment, module=modules[number % 2])
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(react, range(workers)))

    assert sorted(answers) == [False] * 6 + [True] * 2
    assert (RequirementMet.objects.count(), Completion.objects.count(), EarnedFollowOn.objects.count()) == (2, 1, 1)
    assert kinds().count("track_completed.v1") == 1
    assert check() == []
