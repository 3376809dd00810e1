"""She changes her course on her own page: once, until a day, where there is a place."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from tests.apps.admissions.tracks import LAST_DAY, a_tracks_call, placed, taken_of
from trenza.apps.admissions.api import Award, Call
from trenza.apps.people.api import Account
from trenza.apps.programmes.api import Enrolment, TrackChange, withdraw_enrolment
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return a_tracks_call(python=2, redes=1, soporte=1)


@pytest.fixture
def award(call: Call) -> Award:
    return placed(call, 1, "python")


@pytest.fixture
def her(award: Award) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=award.person))
    return client


def page(award: Award, more: str = "curso/") -> str:
    return f"/mi/inscripciones/{award.acceptance.enrolment_id}/{more}"


def text(response: Any) -> str:
    return str(response.content.decode())


def test_she_is_asked_once_and_then_is_in_the_other_course(award: Award, her: Any, call: Call):
    assert f"hasta el {date_format(LAST_DAY, 'DATE_FORMAT')}" in text(her.get(page(award, "")))
    asked = text(her.get(page(award)))
    assert "Lo que hiciste solo para «Python» se guarda" in asked

    done = her.post(page(award), {"track": "redes"})

    assert done.url == page(award, "")
    after = text(her.get(done.url))
    assert "Ahora estás en «Redes»." in after
    assert "Cambiar mi curso" not in after
    assert taken_of(call) == {"python": 0, "redes": 1, "soporte": 0}
    assert Enrolment.objects.get().track.code == "redes"


def test_a_second_tap_leads_to_the_same_page_and_another_change_is_refused(award: Award, her: Any):
    her.post(page(award), {"track": "redes"})

    assert her.post(page(award), {"track": "redes"}).url == page(award, "")
    refused = her.post(page(award), {"track": "soporte"})

    assert "Ya cambiaste una vez." in text(refused)
    assert TrackChange.objects.count() == 1


def test_a_course_without_a_place_is_no_choice(award: Award, her: Any, call: Call):
    placed(call, 2, "redes")

    asked = text(her.get(page(award)))
    assert "Ahora no hay lugar en Redes." in asked
    refused = text(her.post(page(award), {"track": "redes"}))

    assert "Ahora no hay lugar en ese curso. Elige otro." in refused
    assert list(TrackChange.objects.all()) == []


@pytest.mark.parametrize("track", ["", "nada", "alfabetizacion", "x" * 5_000, "\x00"])
def test_what_is_no_course_is_said(award: Award, her: Any, track: str):
    assert her.post(page(award), {"track": track}).status_code == 200
    assert list(TrackChange.objects.all()) == []


def test_after_the_last_day_her_page_says_so(award: Award, her: Any):
    with travel(award.call.closes_at + timedelta(days=2)):
        her.force_login(Account.objects.get(person=award.person))
        assert "Cambiar mi curso" not in text(her.get(page(award, "")))
        assert "Los días para cambiar ya pasaron." in text(her.post(page(award), {"track": "redes"}))
    assert list(TrackChange.objects.all()) == []


def test_the_page_is_nobody_elses_and_is_not_there_where_there_is_nothing_to_change(award: Award, her: Any, call: Call):
    other: Any = Client()
    other.force_login(Account.objects.get(person=placed(call, 2, "soporte").person))
    assert other.get(page(award)).status_code == 404

    withdraw_enrolment(enrolment=award.acceptance.enrolment, by=award.person)
    assert her.get(page(award)).status_code == 404
    Call.objects.update(change_until=None)
    assert her.get(page(award)).status_code == 404
