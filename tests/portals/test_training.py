"""The training of a trainer on the pages: enrolled in the office, learned, confirmed, certified, verified."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.portals.office.people import sign_in, staff
from trenza.apps.credentials.api import Credential
from trenza.apps.impact.counting import counts, zone_of
from trenza.apps.people.api import account_for, grant_role
from trenza.apps.programmes.api import Edition, Enrolment, Track
from trenza.cli import demo_training
from trenza.cli.programmes import load_folder
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
PROGRAMME = Path(__file__).parents[2] / "programmes" / "mujeres-online"
NEW = "/oficina/equipo/formacion/nueva/"
EMAIL = "lidia@ejemplo.bo"


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_a_trainer_goes_from_the_office_to_a_certificate_that_a_stranger_verifies(client: Client):
    load_folder(PROGRAMME)
    edition, track = Edition.objects.get(code="demo"), Track.objects.get(code="formadoras")
    coordinator = staff("coordinator", scope_kind="programme", scope=edition.programme_id)
    filled = {
        "email": EMAIL, "given_name": "Lidia", "family_name": "Condori", "training": f"{edition.pk}:{track.pk}",
        "region": str(edition.regions.get(code="el-alto").pk),
    }  # fmt: skip
    sign_in(client, coordinator)
    assert NEW in text(client, "/oficina/equipo/formacion/")
    assert "estará en «Formación de formadoras»" in client.post(NEW, filled).content.decode()
    assert not Enrolment.objects.exists()
    assert "Lidia Condori" in client.post(NEW, filled | {"confirm": "1"}, follow=True).content.decode()

    enrolment = Enrolment.objects.get()
    account = account_for(EMAIL)
    assert account is not None
    grant_role(
        person=account.person, role="trainer", scope_kind="programme", scope=edition.programme_id, by=coordinator
    )
    client.force_login(account)
    home, teaching = text(client, "/mi/"), text(client, "/formadora/")
    assert "Empieza por lo que ella ya sabe" in home
    assert "/formadora/" in home
    assert "Tu formación" in teaching
    assert "Sigue: Empieza por lo que ella ya sabe" in teaching

    with clock.travel(clock.now()):
        demo_training.learn(enrolment, finished=False)
        assert "Sigue: La lista dice la verdad" in text(client, "/formadora/")
        demo_training.learn(enrolment, finished=True, confirmed=False)
    assert "Sigue: Tu sesión observada" in text(client, "/formadora/")
    assert not Credential.objects.exists()

    module = track.modules.get(code="sesion-observada")
    confirm = f"/oficina/inscripciones/{enrolment.pk}/confirmar/{module.pk}/"
    assert client.post(confirm).status_code == 404
    sign_in(client, coordinator)
    assert "Tu sesión observada" in text(client, "/oficina/equipo/formacion/")
    assert client.post(confirm).status_code == 302
    work_until_done()

    credential = Credential.objects.get()
    client.logout()
    page = text(client, f"/certificado/{credential.code}/")
    assert "Lidia Condori" in page
    assert "Formación de formadoras" in page
    counted = counts(edition.programme, zone=zone_of(edition.programme), until=clock.now()).demonstration
    assert {name: tally.total for name, tally in counted.items() if tally.total} == {"trainers": 1}


def test_the_public_is_not_offered_the_training_of_trainers(client: Client):
    load_folder(PROGRAMME)

    for path in ("/catalogo/", "/programas/mujeres-online/"):
        page = text(client, path)
        assert "Alfabetización digital" in page or "Mujeres Online" in page
        assert "ormadoras de Mujeres Online" not in page
        assert "Enseñar a otras mujeres" not in page
