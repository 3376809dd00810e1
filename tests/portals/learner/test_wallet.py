"""Her certificates on her own pages: shown, shared, chosen, corrected, taken along."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.portals.learner.certified import certified, certifying
from tests.portals.learner.scene import OURS, browser, rosa
from trenza.apps.admissions.api import Call
from trenza.apps.credentials.api import (
    Credential,
    Verdict,
    known_here,
    offline_text_of,
    open_public_page,
    public_page_of,
    read_document,
    revoke_credential,
    verification_url,
    verify,
)
from trenza.core import clock
from trenza.core.journal import work_until_done
from trenza.portals.field.squares import drawn
from trenza.portals.learner.roster import roster

pytestmark = pytest.mark.django_db
ON_THE_WIRE = 14_336
WALLET, NAME, PAGE, EVERYTHING = (
    "/mi/certificados/", "/mi/certificados/nombre/", "/mi/certificados/pagina/", "/mis/certificados/todo/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def three() -> list[Credential]:
    return certified()


@pytest.fixture
def hers(three: list[Credential]) -> Any:
    """Her browser. What it posts comes from our own pages."""
    client = browser(three[0].person)
    client.handler.enforce_csrf_checks = False
    return client


def text_of(client: Any, address: str, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == 200
    return str(response.content.decode())


def choose(client: Any, credential: Credential, **wanted: str) -> Any:
    return client.post(
        f"{WALLET}{credential.pk}/", {"name": "full", "identity": "plain", **wanted}, headers=OURS, follow=True
    )


def test_her_page_shows_each_with_its_state_and_is_light(hers, three):
    text = text_of(hers, WALLET)

    assert text.count("✓ Es válido.") == 3
    for each in three:
        assert f'href="/mis/certificados/{each.pk}/"' in text
        assert f"/mis/certificados/{each.pk}/offline.svg" in text
    assert len(gzip.compress(text.encode(), 6)) < ON_THE_WIRE
    assert "no-store" in hers.get(WALLET)["Cache-Control"]


def test_page_costs_the_same_queries_for_one_and_for_three(django_assert_num_queries):
    one = certified(rosa("Ana"), certifying(1))[0]
    client = browser(one.person)
    client.get(WALLET)
    with CaptureQueriesContext(connection) as queries:
        client.get(WALLET)
        asked = len(queries)
    several = certified(one.person, certifying_again())
    assert len(several) == 3
    client.get(WALLET)

    with django_assert_num_queries(asked):
        assert text_of(client, WALLET).count("✓ Es válido.") == 4
    assert 0 < asked <= 4


def certifying_again() -> Any:
    from tests.apps.credentials.examples import a_certified_programme, a_template

    programme = a_certified_programme("otra")
    for place in (1, 2):
        a_template(programme, f"certificado-{place}", position=place)
    return programme


def test_states_are_said_with_what_to_do(hers, three):
    now = clock.now()
    Credential.objects.filter(pk=three[0].pk).update(suspended_at=now, suspended_by=three[0].person)
    Credential.objects.filter(pk=three[1].pk).update(valid_until=now - timedelta(days=3))
    revoke_credential(credential=three[2], reason=MISTAKE, by=somebody_with("administrator"))

    text = text_of(hers, WALLET)

    for words in ("Está en pausa.", "Venció el", "Se anuló el", "habla con el equipo de tu programa"):
        assert words.lower() in text.lower()
    assert (text.count("Es válido"), text.count("link.svg")) == (0, 2)


def test_another_woman_finds_nothing_of_it(three):
    ana = browser(rosa("Ana"))
    for address in (
        f"{WALLET}{three[0].pk}/", f"/mis/certificados/{three[0].pk}/link.svg",
        f"/mis/certificados/{three[0].pk}/credencial/", f"/mis/certificados/{three[0].pk}/",
    ):  # fmt: skip
        assert ana.get(address).status_code == 404
        assert browser().get(address).status_code == 302
    assert three[0].wording.title not in text_of(ana, WALLET)
    assert "Todavía no tienes ninguno" in text_of(ana, WALLET)
    assert browser(somebody_signed_in("administrator")).get(f"{WALLET}{three[0].pk}/").status_code == 404


def somebody_signed_in(role: str) -> Any:
    from trenza.apps.people.api import Account

    person = somebody_with(role)
    Account(person=person, email=f"{role}@demo.example", created_at=clock.now()).save()
    return person


def test_codes_are_read_by_a_reader(hers, three):
    found = Credential.objects.select_related("signed").get(pk=three[0].pk)
    for what, text in (("link", verification_url(found.code)), ("offline", offline_text_of(found))):
        response = hers.get(f"/mis/certificados/{found.pk}/{what}.svg")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert response.content == drawn(text)
        assert read_from_screen(text) == text
    assert hers.get(f"/mis/certificados/{found.pk}/otro.svg").status_code == 404


def read_from_screen(text: str) -> str:
    """As a camera would, from the same matrix that `drawn` draws."""
    import segno
    from PIL import Image

    picture = io.BytesIO()
    code = segno.make(text, error="m" if len(text) < 120 else "l", micro=False, boost_error=False)
    code.save(picture, kind="png", scale=4, border=4)
    [found] = zxingcpp.read_barcodes(Image.open(picture))
    return str(found.text)


def test_links_carry_the_address_and_the_title_and_nothing_of_her(hers, three):
    text = text_of(hers, f"{WALLET}{three[0].pk}/").replace("&amp;", "&")
    url, title = verification_url(three[0].code), three[0].wording.title

    links = [part.split('"')[0] for part in text.split('href="')[1:]]
    [whatsapp], [email], [linkedin] = (
        [each for each in links if start in each] for start in ("wa.me", "mailto:", "linkedin.com")
    )
    assert parse_qs(urlsplit(whatsapp).query) == {"text": [f"{title}: {url}"]}
    assert parse_qs(email.partition("?")[2]) == {"subject": [title], "body": [f"{title}: {url}"]}
    assert parse_qs(urlsplit(linkedin).query) == {
        "startTask": ["CERTIFICATION_NAME"], "name": [title], "organizationName": ["La Casa"],
        "issueYear": [str(three[0].issued_on.year)], "issueMonth": [str(three[0].issued_on.month)],
        "certUrl": [url], "certId": [three[0].code],
    }  # fmt: skip
    assert not any("Quispe" in link for link in (whatsapp, email, linkedin))
    assert "Quien recibe el enlace ve: Rosa Quispe" in text


def test_she_chooses_initials_and_a_link_and_the_page_follows(hers, three):
    response = choose(
        hers, three[0], name="initials", label_1="Mi tienda", url_1="https://ejemplo.org/", evidence_shown="on"
    )
    work_until_done()

    assert "Está guardado." in response.content.decode()
    page = browser().get(f"/certificado/{three[0].code}/").content.decode()
    assert ("R. Q." in page, "Rosa" in page, 'href="https://ejemplo.org/"' in page) == (True, False, True)
    document = json.loads(browser().get(f"/certificado/{three[0].code}/credencial/").content)
    assert (document["credentialSubject"]["identifier"][0]["hashed"], "Rosa" in json.dumps(document)) == (True, False)
    assert 'value="https://ejemplo.org/"' in text_of(hers, f"{WALLET}{three[0].pk}/")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"label_1": "Mi tienda", "url_1": "http://ejemplo.org/"}, "Empieza con https://"),
        ({"label_1": "Mi tienda", "url_1": "javascript:alert(1)"}, "Empieza con https://"),
        ({"url_1": "https://ejemplo.org/"}, "en pocas palabras"),
        ({"label_1": "Mi tienda", "url_1": "https://ejemplo.org/" + "a" * 500}, "400"),
        ({"evidence_shown": "on"}, "Todavía no hay ningún enlace"),
        ({"name": "ninguno"}, "ninguno"),
        ({"identity": "\0"}, ""),
        ({"label_1": "a\0b", "url_1": "https://ejemplo.org/\0"}, ""),
    ],
)
def test_what_cannot_be_chosen_is_said(hers, three, wanted, said):
    response = choose(hers, three[0], **wanted)

    assert response.status_code == 200
    assert "Está guardado." not in response.content.decode()
    assert said in response.content.decode()


def test_her_public_page_is_open_only_while_she_says_so(hers, three):
    person = three[0].person
    choose(hers, three[0], listed="on")
    hers.post(PAGE, {"open": ""}, headers=OURS)
    page = public_page_of(person)
    assert page is not None
    address = f"/certificados-de/{page.code}/"
    assert address in text_of(hers, WALLET)

    shown = browser().get(address)
    text = shown.content.decode()
    assert (three[0].code in text, three[1].code in text, "Certificados de Rosa Quispe" in text) == (True, False, True)
    assert (shown["X-Robots-Tag"], shown["Cache-Control"]) == ("noindex, nofollow, noarchive", "no-store")
    choose(hers, three[1], name="initials", listed="on")
    text = browser().get(address).content.decode()
    assert ("Certificados de R. Q." in text, "Rosa" in text) == (True, False)

    hers.post(PAGE, {"close": ""}, headers=OURS)
    assert browser().get(address).status_code == 404
    assert open_public_page(person=person, by=person).code != page.code


def test_public_pages_cannot_be_guessed_without_end(monkeypatch):
    for code in ("x", "A" * 26, "..", "%00", "ñ" * 300):
        assert browser().get(f"/certificados-de/{code}/").status_code == 404
    monkeypatch.setattr("trenza.portals.public.views.showcase.may_guess", lambda connection: False)
    assert browser().get(f"/certificados-de/{'A' * 26}/").status_code == 429


def test_she_reads_what_follows_before_her_name_is_corrected(hers, three):
    first = hers.post(NAME, {"name": " Rosa  María Quispe "}, headers=OURS).content.decode()
    assert ("3 certificados se entregan de nuevo" in first, "«reemplazado»" in first) == (True, True)
    assert Credential.objects.filter(superseded_at=None).count() == 3 == Credential.objects.count()

    done = hers.post(NAME, {"name": "Rosa María Quispe", "confirmed": ""}, headers=OURS, follow=True)
    work_until_done()

    text = done.content.decode()
    assert ("ya llevan tu nombre corregido" in text, text.count("Lo reemplaza otro")) == (True, 3)
    standing = Credential.objects.filter(person=three[0].person, superseded_at=None)
    assert {each.name for each in standing} == {"Rosa María Quispe"}
    old = browser().get(f"/certificado/{three[0].code}/").content.decode()
    assert "Quispe" not in old
    assert browser().get(f"/certificado/{three[0].code}/credencial/").status_code == 410
    assert "Lo reemplaza otro" in hers.get(f"/mis/certificados/{three[0].pk}/").content.decode()


def test_name_that_cannot_be_or_was_corrected_too_often_is_told(hers, three):
    another = ("Elvira Mamani", "el equipo")
    for name, said in (("", "Escribe tu nombre."), ("罗莎", "No podemos imprimir"), ("123", "con letras"), another):
        assert said in hers.post(NAME, {"name": name, "confirmed": ""}, headers=OURS).content.decode()
    for number in ("Uno", "Dos", "Tres", "Cuatro"):
        hers.post(NAME, {"name": f"Rosa {number}", "confirmed": ""}, headers=OURS)

    assert {each.name for each in Credential.objects.filter(superseded_at=None)} == {"Rosa Tres"}
    assert "el equipo de tu programa lo corrige por ti" in text_of(hers, NAME)


def test_everything_comes_in_one_file_and_is_checked_without_us(hers, three, tmp_path):
    response = hers.get(EVERYTHING)
    data = b"".join(response.streaming_content)

    assert response["Content-Disposition"] == 'attachment; filename="trenza.zip"'
    archive = zipfile.ZipFile(io.BytesIO(data))
    kinds = [name.split("/")[0] for name in sorted(archive.namelist())]
    assert kinds == [
        "LEEME.txt", *["certificados"] * 3, *["credenciales"] * 3, "emisores", *["estado"] * 2, *["insignias"] * 3,
    ]  # fmt: skip
    readme = archive.read("LEEME.txt").decode()
    assert all(name in readme for name in archive.namelist() if name[0] in "ci")
    assert "--trust emisores/" in readme
    for name in archive.namelist():
        if name.startswith("credenciales/"):
            document = read_document(archive.read(name))
            assert verify(document, known_here(), now=clock.now()).verdict == Verdict.VALID
    did = json.loads(archive.read("emisores/prueba.casa.did.json"))
    assert did["id"].startswith("did:web:")
    assert len(data) < 1_000_000


def test_page_says_what_follows_from_it_and_which_calls_are_for_her(hers, three):
    template = three[0].template
    template.next, template.calls = "Ya puedes seguir con el segundo nivel.", ["sigue", "cerrada"]
    template.save()
    usual = {
        "programme": template.programme, "edition": three[0].enrolment.edition, "track": three[0].enrolment.track,
        "admission": "open", "time_zone": "America/La_Paz", "opens_at": clock.now() - timedelta(days=5),
        "published_at": clock.now(),
    }  # fmt: skip
    for code, name, days in (("sigue", "Segundo nivel", 9), ("otra", "Otra cosa", 9), ("cerrada", "Ya pasó", -1)):
        Call.objects.create(code=code, name=name, closes_at=clock.now() + timedelta(days=days), **usual)

    said = text_of(hers, f"/mi/certificados/{three[0].pk}/")

    assert "Qué te abre" in said
    assert "Ya puedes seguir con el segundo nivel." in said
    assert "Abierta ahora: Segundo nivel" in said
    assert "Otra cosa" not in said
    assert "Ya pasó" not in said


def test_file_of_everything_is_not_made_without_end(hers, three):
    answers = [hers.get(EVERYTHING) for _ in range(7)]
    for each in answers:
        each.close()

    assert [each.status_code for each in answers] == [200] * 6 + [429]
    for each in answers[:6]:
        each.close()


def test_pages_where_she_leaves_offer_it_first(hers, three):
    for address in ("/mi/datos/", f"/mi/inscripciones/{three[0].enrolment_id}/dejar/"):
        assert EVERYTHING in text_of(hers, address)
    assert EVERYTHING not in text_of(browser(rosa("Ana")), "/mi/datos/")


def test_her_phone_carries_what_it_shows_without_a_signal(three):
    found = Credential.objects.select_related("signed").get(pk=three[0].pk)

    carried = roster(found.person_id)["certificates"]

    assert len(carried) == 3
    assert {
        "title": found.wording.title, "programme": found.wording.programme_name, "until": None, "on_hold": False,
        "url": verification_url(found.code), "offline": offline_text_of(found),
    }.items() <= next(each for each in carried if each["url"].endswith(f"{found.code}/")).items()  # fmt: skip
    assert sum(len(json.dumps(each)) for each in carried) / 3 < 900
    assert roster(rosa("Ana").pk)["certificates"] == []


def test_process_that_serves_pages_sets_none():
    code = "import sys, trenza.portals.field.squares; print('segno' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
