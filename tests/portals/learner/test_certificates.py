from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from trenza.apps.credentials.actions import create_key, revoke_credential
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.openbadges.baking import unbake
from trenza.apps.credentials.queries import signed_document
from trenza.apps.people.api import Account, Person
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def download(client: Any, credential: Credential, person: Person | None) -> Any:
    if person:
        account = Account(person=person, email=f"{person.pk}@ejemplo.org", created_at=clock.now())
        account.save()
        client.force_login(account)
    return client.get(f"/mis/certificados/{credential.pk}/")


def test_she_downloads_her_certificate(client):
    credential = a_credential()

    response = download(client, credential, credential.person)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-1.7")
    assert response.headers["Content-Disposition"] == 'attachment; filename="certificado.pdf"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_her_page_leads_to_the_pdf_and_to_the_page_for_others(client):
    credential = a_credential()
    account = Account(person=credential.person, email="rosa@ejemplo.org", created_at=clock.now())
    account.save()
    client.force_login(account)

    text = client.get(reverse("learner_home")).content.decode()

    assert f'href="/mis/certificados/{credential.pk}/"' in text
    assert f'href="/certificado/{credential.code}/"' in text


def test_team_downloads_it_within_its_scope(client):
    credential = a_credential(region="sur")
    programme = credential.enrolment.edition.programme
    here, elsewhere = (
        somebody_with("coordinator", scope_kind="region", scope=programme.regions.get(code=code).pk)
        for code in ("sur", "norte")
    )

    assert download(client, credential, here).status_code == 200
    assert download(client, credential, elsewhere).status_code == 404


def test_others_find_nothing(client):
    credential = a_credential()

    assert download(client, credential, None).status_code == 302
    assert download(client, credential, a_person("Ana")).status_code == 404
    assert download(client, credential, somebody_with("trainer")).status_code == 404


def test_name_that_cannot_be_printed_gets_a_page_and_no_error(client):
    credential = a_credential()
    Credential.objects.filter(pk=credential.pk).update(name="罗莎 Quispe")

    response = download(client, credential, credential.person)

    assert response.status_code == 409
    assert "罗 莎" in response.content.decode()


def test_revoked_certificate_is_not_printed(client):
    credential = a_credential()
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    response = download(client, credential, credential.person)

    assert response.status_code == 410
    assert "se anuló el" in response.content.decode()


def test_her_badge_says_that_it_waits_until_it_is_signed(client):
    credential = a_credential()
    download(client, credential, credential.person)

    response = client.get(reverse("certificate_badge", args=[credential.pk]))

    assert response.status_code == 409
    assert "todavía no está lista" in response.content.decode()


def test_she_downloads_her_badge(client, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    download(client, credential, credential.person)

    response = client.get(reverse("certificate_badge", args=[credential.pk]))

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert response.headers["Content-Disposition"] == 'attachment; filename="insignia.png"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert unbake(response.content) == signed_document(credential)


def test_badge_is_hers_and_of_what_holds(client):
    credential = a_credential()
    download(client, credential, a_person("Ana"))
    assert client.get(reverse("certificate_badge", args=[credential.pk])).status_code == 404

    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))
    client.logout()
    download(client, credential, credential.person)
    assert client.get(reverse("certificate_badge", args=[credential.pk])).status_code == 410
