from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, a_person, an_application, with_seats
from trenza.apps.admissions.api import Award, award_application
from trenza.apps.people.api import Account
from trenza.apps.programmes.api import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def award() -> Award:
    return award_application(application=an_application(with_seats(a_call(), 3)), by=None)


@pytest.fixture
def her(award: Award) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=award.person))
    return client


def page(award: Award, more: str = "") -> str:
    return f"/mi/becas/{award.pk}/{more}"


def test_she_takes_her_place_and_a_second_click_leads_to_it(award: Award, her: Any):
    assert her.get(page(award)).status_code == 200

    assert her.post(page(award)).url == "/mi/"
    assert her.post(page(award)).url == page(award)

    assert Enrolment.objects.get().person == award.person
    assert her.get(page(award)).context["state"] == "accepted"


def test_she_leaves_her_place_after_being_asked_again(award: Award, her: Any):
    assert her.get(page(award, "dejar/")).status_code == 200
    assert award.call.pools.get().taken == 1

    assert her.post(page(award, "dejar/")).url == page(award)

    assert award.call.pools.get().taken == 0
    assert her.get(page(award)).context["state"] == "declined"


@pytest.mark.parametrize("more", ["", "dejar/"])
def test_the_place_of_somebody_else_is_not_found(award: Award, more: str):
    stranger: Any = Client()
    stranger.force_login(Account.objects.get(person=a_person(2)))

    assert stranger.get(page(award, more)).status_code == 404
    assert stranger.post(page(award, more)).status_code == 404
    assert award.call.pools.get().taken == 1


def test_her_place_needs_signing_in(award: Award, client: Any):
    assert client.get(page(award)).url.startswith("/entrar/?next=")


def test_a_course_that_is_given_no_more_is_said(award: Award, her: Any):
    award.call.edition.tracks.clear()

    response = her.post(page(award))

    assert response.context["gone"] is True
    assert list(Enrolment.objects.all()) == []
