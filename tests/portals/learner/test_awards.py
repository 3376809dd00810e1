from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.examples import a_call, a_person, an_application, with_seats
from tests.journal import journal
from trenza.apps.admissions.api import Application, Award, Call, Refusal, award_application, withdraw_award
from trenza.apps.people.api import Account
from trenza.apps.programmes.api import Edition, Enrolment
from trenza.core import clock
from trenza.core.journal import work_until_done
from trenza.core.sweeps import sweep

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


def last_day(award: Award) -> date:
    return clock.today(award.call.zone) + timedelta(days=7)


def test_her_page_says_until_when_from_the_moment_that_she_sees_it(award: Award, her: Any):
    Call.objects.update(answer_days=7, contains=[{"code": "datos", "kind": "data_voucher", "name": "Un bono de datos"}])

    seen = her.get(page(award)).content.decode()

    assert f"Responde hasta el {date_format(last_day(award), 'DATE_FORMAT')}." in seen
    assert "Un bono de datos" in seen
    assert Award.objects.get().reached_how == "seen"


def test_her_own_space_is_where_she_learns_of_it_too(award: Award, her: Any):
    Call.objects.update(answer_days=7)
    said = f"Dinos si aceptas, hasta el {date_format(last_day(award), 'DATE_FORMAT')}."

    assert said in her.get("/mi/").content.decode()
    assert said in her.get("/mi/").content.decode()  # from memory

    assert [kind for kind, *_ in journal()].count("admissions.award_reached.v1") == 1


def expired(award: Award, her: Any, *, swept: bool) -> str:
    Call.objects.update(answer_days=7, may_rejoin=True)
    her.get(page(award))
    Award.objects.update(expires_at=clock.now())
    if swept:
        sweep()
    answer: str = her.get(page(award)).content.decode()
    return answer


@pytest.mark.parametrize("swept", [True, False])
def test_an_expired_place_says_what_happened_and_what_she_can_do(award: Award, her: Any, swept: bool):
    assert "Se terminó tu plazo para responder" in expired(award, her, swept=swept)

    assert her.post(page(award)).url == page(award)
    assert her.post(page(award, "dejar/")).url == page(award)
    assert Enrolment.objects.count() == 0
    assert Refusal.objects.count() == 0


def test_she_waits_again_with_one_tap_and_a_second_does_nothing(award: Award, her: Any):
    assert page(award, "esperar/") in expired(award, her, swept=True)

    for _tap in range(2):
        assert her.post(page(award, "esperar/")).url == page(award)

    assert "Estás en la lista de espera" in her.get(page(award)).content.decode()
    assert her.get(page(award, "esperar/")).status_code == 405


def test_nobody_waits_again_where_the_call_does_not_let_her(award: Award, her: Any):
    expired(award, her, swept=True)
    Call.objects.update(may_rejoin=False)

    assert page(award, "esperar/") not in her.get(page(award)).content.decode()
    assert her.post(page(award, "esperar/")).url == page(award)
    assert Application.objects.get().state == "expired"


def test_what_the_team_took_back_is_said_without_the_reason(award: Award, her: Any):
    withdraw_award(award=award, reason="Se inscribió dos veces", by=coordinator_of(award.call))

    said = her.get(page(award)).content.decode()

    assert "Este lugar ya no se ofrece" in said
    assert "dos veces" not in said


def test_what_she_gets_stands_on_her_page(award: Award, her: Any):
    contains = [
        {"code": "curso", "kind": "course", "name": "El curso"},
        {"code": "datos", "kind": "data_voucher", "name": "Un bono de datos"},
    ]
    Call.objects.update(contains=contains)
    her.post(page(award))

    said = her.get(page(award)).content.decode()

    assert "Lo tienes desde el" in said
    assert "Todavía falta." in said


def test_who_left_before_it_began_is_told_when_no_place_is_free(award: Award, her: Any):
    Edition.objects.update(starts_on=(clock.now() + timedelta(days=9)).date())
    her.post(page(award))
    enrolment = Enrolment.objects.get()
    her.post(f"/mi/inscripciones/{enrolment.pk}/dejar/", {"reason": "time"})
    work_until_done()
    assert "Lo dejaste antes de empezar" in her.get(page(award)).content.decode()
    award.call.pools.update(taken=3)

    answer = her.post(f"/mi/inscripciones/{enrolment.pk}/volver/", follow=True)

    assert "tu lugar pasó a la siguiente" in answer.content.decode()
    assert Enrolment.objects.get().state == "withdrawn"


def test_her_place_needs_signing_in(award: Award, client: Any):
    assert client.get(page(award)).url.startswith("/entrar/?next=")


def test_a_course_that_is_given_no_more_is_said(award: Award, her: Any):
    award.call.edition.tracks.clear()

    response = her.post(page(award))

    assert response.context["gone"] is True
    assert list(Enrolment.objects.all()) == []
