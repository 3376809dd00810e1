"""Resting, leaving and returning, in warm words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.journal import journal
from tests.portals.learner.scene import enrolled, rosa
from tests.portals.learner.test_data import signed_in
from trenza.apps.programmes.api import Enrolment, EnrolmentChange, meet_requirement
from trenza.core import clock
from trenza.portals.learner.forms import RESTS

pytestmark = pytest.mark.django_db


def address(enrolment: Enrolment, more: str = "") -> str:
    return f"/mi/inscripciones/{enrolment.pk}/{more}"


def in_days(days: int) -> str:
    return (clock.now().date() + timedelta(days)).isoformat()


def heading(response: Any) -> str:
    return str(response.content.decode().partition("<h1>")[2].partition("</h1>")[0])


@pytest.fixture
def enrolment() -> Enrolment:
    return enrolled()


@pytest.fixture
def her(enrolment: Enrolment) -> Client:
    return signed_in(enrolment.person)


@pytest.mark.parametrize("days", RESTS)
def test_she_rests_until_a_day(enrolment, her, days):
    response = her.post(address(enrolment, "descansar/"), {"until": in_days(days)}, follow=True)

    assert heading(response).startswith("Descansa. Te esperamos después del ")
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.paused_until) == ("paused", clock.now().date() + timedelta(days))
    assert journal()[-1][0] == "programmes.enrolment_changed.v1"


@pytest.mark.parametrize("until", ["", "2020-01-01", "mañana", "9999-12-31"])
def test_rest_is_one_of_those_offered(enrolment, her, until):
    response = her.post(address(enrolment, "descansar/"), {"until": until})

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"until"}
    enrolment.refresh_from_db()
    assert enrolment.state == "active"


def test_she_leaves_with_a_reason_that_stays_out_of_the_journal(enrolment, her):
    assert heading(her.get(address(enrolment, "dejar/"))) == "¿Quieres dejarlo?"

    response = her.post(address(enrolment, "dejar/"), {"reason": "data_cost"}, follow=True)

    assert heading(response) == "Lo dejaste. La puerta queda abierta"
    change = EnrolmentChange.objects.get(state="withdrawn")
    assert (change.reason, change.by) == ("data_cost", enrolment.person)
    assert "data_cost" not in str(journal())


def test_she_leaves_without_a_word(enrolment, her):
    her.post(address(enrolment, "dejar/"))

    assert EnrolmentChange.objects.get(state="withdrawn").reason == "not_said"


def test_she_returns_from_a_rest_and_from_having_left(enrolment, her):
    for leave in (("descansar/", {"until": in_days(7)}), ("dejar/", {})):
        her.post(address(enrolment, leave[0]), leave[1])
        response = her.post(address(enrolment, "volver/"), follow=True)

        assert heading(response) == "Vas en camino"
        enrolment.refresh_from_db()
        assert enrolment.state == "active"


def test_second_tap_says_how_she_stands_and_changes_nothing(enrolment, her):
    for _ in range(2):
        response = her.post(address(enrolment, "dejar/"), follow=True)
        assert heading(response) == "Lo dejaste. La puerta queda abierta"
    her.post(address(enrolment, "descansar/"), {"until": in_days(7)})

    assert list(EnrolmentChange.objects.order_by("at").values_list("state", flat=True)) == ["active", "withdrawn"]


def test_completed_enrolment_says_so(her, enrolment):
    for module in enrolment.track.modules.all():
        meet_requirement(enrolment=enrolment, module=module)

    assert heading(her.get(address(enrolment))) == "¡Lo lograste!"
    assert heading(her.post(address(enrolment, "dejar/"), follow=True)) == "¡Lo lograste!"


def test_rest_that_has_run_out_is_over(enrolment, her):
    her.post(address(enrolment, "descansar/"), {"until": in_days(7)})

    with clock.travel(clock.now() + timedelta(days=9)):
        assert heading(her.get(address(enrolment))) == "Vas en camino"


@pytest.mark.parametrize("more", ["", "descansar/", "dejar/", "volver/"])
def test_enrolment_of_somebody_else_is_not_there(enrolment, more):
    other = signed_in(rosa("Ana"))

    assert {other.get(address(enrolment, more)).status_code, other.post(address(enrolment, more)).status_code} <= {
        404,
        405,
    }
    assert Client().post(address(enrolment, more))["Location"].startswith("/entrar/?next=/mi/inscripciones/")
    assert EnrolmentChange.objects.count() == 1


def test_changes_need_the_token():
    enrolment = enrolled()
    client = Client(enforce_csrf_checks=True)
    client.force_login(enrolment.person.accounts.get())

    for more in ("descansar/", "dejar/", "volver/"):
        assert client.post(address(enrolment, more), {"until": in_days(7)}).status_code == 403
    assert client.post("/mi/datos/", {"given_name": "X", "language": "es"}).status_code == 403
