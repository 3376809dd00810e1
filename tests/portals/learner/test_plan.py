"""Her plan for studying: hers to write and change, shown where she comes every day."""

from typing import Any

import pytest
from django.test import Client

from tests.portals.learner.scene import enrolled, rosa
from tests.portals.learner.test_data import signed_in
from tests.portals.learner.test_enrolments import address
from trenza.apps.admissions.api import StudyPlan
from trenza.apps.programmes.api import Enrolment

pytestmark = pytest.mark.django_db
PLAN = {"moments": "Martes a las 8", "place": "En mi cocina", "helper": "Mi hermana <Rosa>"}


@pytest.fixture
def enrolment() -> Enrolment:
    return enrolled()


@pytest.fixture
def her(enrolment: Enrolment) -> Client:
    return signed_in(enrolment.person)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_she_writes_her_plan_sees_it_and_changes_it(enrolment, her):
    assert "Escribir mi plan" in text(her.get(address(enrolment)))
    assert her.post(address(enrolment, "plan/"), PLAN).url == address(enrolment)

    assert "Mi hermana &lt;Rosa&gt;" in text(her.get(address(enrolment)))
    home = text(her.get("/mi/"))
    assert "Tu plan" in home
    assert "Martes a las 8" in home
    assert 'value="En mi cocina"' in text(her.get(address(enrolment, "plan/")))

    her.post(address(enrolment, "plan/"), PLAN | {"moments": "Jueves"})
    assert "Jueves" in text(her.get("/mi/"))
    assert StudyPlan.objects.count() == 1


@pytest.mark.parametrize("typed", [{}, {"moments": "  "}, {"moments": "x" * 301}, {"moments": "\0"}])
def test_a_plan_without_a_when_or_too_long_is_told_and_not_kept(enrolment, her, typed):
    answer = her.post(address(enrolment, "plan/"), {"place": "En mi cocina"} | typed)

    assert "moments" in answer.context["form"].errors
    assert "En mi cocina" in text(answer)
    assert list(StudyPlan.objects.all()) == []


def test_nobody_else_reads_or_writes_it(enrolment, her):
    her.post(address(enrolment, "plan/"), PLAN)
    other = signed_in(rosa("Otra"))

    assert other.get(address(enrolment, "plan/")).status_code == 404
    assert other.post(address(enrolment, "plan/"), PLAN).status_code == 404
    assert StudyPlan.objects.get().helper == "Mi hermana <Rosa>"
