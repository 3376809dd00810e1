"""The package on paper: a guide, the list, and cards with which whoever walked in claims her record at home."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.learning.examples import published
from tests.apps.sessions.examples import MONDAY, a_session, a_workshop, women
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import address, browser
from trenza.apps.people.api import BlankCard
from trenza.apps.programmes.api import Module, Programme
from trenza.apps.sessions.api import Session, WalkIn, sign_up
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY):
        yield


@pytest.fixture
def session(marta) -> Session:
    programme = Programme.objects.get()
    made = a_session(programme, by=marta, kind="workshop", workshop=a_workshop(programme))
    [ana] = women(programme, "Ana")
    sign_up(session=made, person=ana.person, by=None)
    return made


def test_package_has_guide_list_and_cards_and_a_card_leads_home(marta, session):
    client = browser(marta)
    page = client.post(address(session, "package"), {"cards": "9", "lines": "4"})
    text = page.content.decode()
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert ("Proyector" in text, ">Ana Quispe<" in text, text.count("<tr><td></td>")) == (True, True, 4)
    assert (text.count('class="sheet"'), text.count("<svg")) == (2, 9)
    numbers = re.findall(r'class="number">([\d ]+)<', text)
    codes = re.findall(r'class="secret">([\w-]+)<', text)
    assert {number.replace(" ", "") for number in numbers} == set(BlankCard.objects.values_list("number", flat=True))

    wanted = {"given_name": "Luz", "family_name": "Mamani"}
    for card, words in (("12", "no es el número"), ("00000000", "de otra persona"), ("x" * 41, "40")):
        assert words in client.post(address(session, "add"), {**wanted, "card": card}).content.decode()
    assert not WalkIn.objects.exists()
    client.post(address(session, "add"), {**wanted, "card": numbers[3]})
    client.post(address(session, "add"), {"given_name": "Eva", "card": numbers[3]})  # before anybody was registered
    work_until_done()
    assert WalkIn.objects.get(given_name="Eva").reason == "card_not_free"
    assert "La tarjeta que tiene Eva" in client.get(address(session)).content.decode()

    phone = Client()
    begin = phone.post("/entrar/tarjeta/", {"card": codes[0]})
    assert "Ninguna tarjeta" in begin.content.decode()  # it is nobody's: as one that never was
    assert phone.get("/entrar/tarjeta/mia/")["Location"] == "/entrar/tarjeta/"
    begin = phone.post("/entrar/tarjeta/", {"card": codes[3].lower()}, follow=True)
    assert begin.redirect_chain == [("/entrar/tarjeta/mia/", 302)]
    assert "Luz" not in begin.content.decode()
    said = {"name": "Eva", "pin": "2580", "again": "2580"}
    assert "no se dio a alguien con este nombre" in phone.post("/entrar/tarjeta/mia/", said).content.decode()
    weak = {**said, "name": "luz", "pin": "1234", "again": "1234"}
    assert phone.post("/entrar/tarjeta/mia/", weak).status_code == 200
    home = phone.post("/entrar/tarjeta/mia/", {**said, "name": "luz mamani"}, follow=True)
    assert home.status_code == 200
    assert phone.get(reverse("learner_sessions")).status_code == 200
    assert phone.get("/oficina/").status_code in (302, 403)

    other = Client()
    # A card like others now.
    assert other.post("/entrar/tarjeta/", {"card": codes[3]})["Location"] == "/entrar/tarjeta/pin/"
    assert "Luz" not in other.get("/entrar/tarjeta/pin/").content.decode()

    assert "8 tarjetas ya no sirven" in client.post(address(session, "revoke_cards"), follow=True).content.decode()


def test_plan_of_a_class_is_what_its_track_teaches(marta, session):
    version = published()
    Module.objects.filter(track=session.track, course__gt="").update(course=version.course.code)
    lesson = a_session(session.edition.programme, by=marta, track=session.track, starts_at=MONDAY + timedelta(days=1))
    text = browser(marta).post(address(lesson, "package"), {"lines": "0"}).content.decode()
    assert ("<ol><li>" in text, "<svg" in text, BlankCard.objects.count()) == (True, False, 0)

    client = browser(marta)
    for fields in ({"cards": "61", "lines": "1"}, {"cards": "-1", "lines": "1"}, {"lines": "61"}, {"cards": "x" * 500}):
        assert client.post(address(session, "package"), fields).context["form"].errors
    assert BlankCard.objects.count() == 0
    assert browser(staff("mentor")).get(address(session, "package")).status_code == 403
