"""A hub's name and its certificate: asked for by the hub, made at the cell, put in place by a visit or a file."""

import stat
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.apps.sync.hub.authority import DAY, Authority, program
from tests.apps.sync.hub.scene import CENTRE, Scene
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import certificates, own_certificate, registry, x509
from trenza.apps.sync.hub.registry import HubPlace
from trenza.apps.sync.models import HubCertificate, OwnCertificate
from trenza.core import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
HOST = "hub.centros.example.org"


@pytest.fixture(autouse=True)
def domain(registered, settings):
    settings.HUB_DOMAIN = "centros.example.org"
    registry.register_hub_table(certificates.TABLE, certificates.rows, own_certificate.apply)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def due(scene: Scene) -> list[str]:
    with scene.cell.here():
        return [row.host for row in sync.due_certificates()]


def certify(scene: Scene, folder: Path, printed: str, *, code: int = 0) -> sync.Chain:
    with scene.cell.here():
        return sync.certify(HubCertificate.objects.get(host=HOST), certifier=program(folder, printed, code=code))


def asked(scene: Scene) -> bytes:
    with scene.cell.here():
        return bytes(HubCertificate.objects.get(host=HOST).request)


def own(scene: Scene) -> tuple[str, str | None]:
    """The hub's name, and the certificate that it would serve with."""
    with scene.hub.here():
        chain = sync.own_chain()
        return sync.own_name(), chain and chain.pem


def certified(scene: Scene, authority: Authority, folder: Path, **how) -> str:
    """As after a first visit, the command on the cell, and a second visit."""
    scene.visit()
    chain = certify(scene, folder, authority.certify(asked(scene), **how) + authority.pem)
    scene.visit()
    return chain.pem


def test_a_hub_gets_a_name_a_key_and_a_certificate(scene, authority, tmp_path):
    assert own(scene) == ("", None)
    scene.visit()
    assert (own(scene), due(scene)) == ((HOST, None), [HOST])

    chain = certify(scene, tmp_path, "Saving debug log…\n" + authority.certify(asked(scene)) + authority.pem)
    assert ((tmp_path / "host").read_text(), due(scene)) == (HOST, [])
    assert x509.as_pem(asked(scene)) == (tmp_path / "asked").read_bytes()
    scene.visit()

    assert own(scene) == (HOST, chain.pem)
    assert chain.pem.count("BEGIN CERTIFICATE") == 2
    with scene.hub.here():
        key = sync.key_file()
        assert (key.is_relative_to(scene.hub.folder / "private"), stat.S_IMODE(key.stat().st_mode)) == (True, 0o600)
        load_pem_private_key(key.read_bytes(), None)
        assert not any(key.read_bytes()[30:60] in message for message in scene.cable.messages)


def test_the_request_travels_until_the_cell_has_it_and_the_certificate_once(scene, authority, tmp_path):
    certified(scene, authority, tmp_path)
    scene.visit()
    before = scene.cable.used
    scene.visit()
    assert scene.cable.used - before < 450


def test_all_of_it_by_file(scene, authority, tmp_path):
    def there_and_back() -> None:
        with scene.hub.here():
            file = sync.export_for_cell()
        with scene.cell.here():
            back = sync.export_for_hub(hub=sync.import_from_hub(file).hub)
        with scene.hub.here():
            sync.import_from_cell(back)

    there_and_back()
    there_and_back()
    chain = certify(scene, tmp_path, authority.certify(asked(scene)) + authority.pem)
    there_and_back()
    assert own(scene) == (HOST, chain.pem)


def test_names_are_never_given_twice(scene, settings):
    with scene.cell.here():
        settings.HUB_DOMAIN = ""
    scene.revoke()
    scene.new_hub("unnamed")
    with scene.cell.here():
        settings.HUB_DOMAIN = "centros.example.org"
        named = sync.Hub.objects.get(name="unnamed")
        sync.Hub.objects.filter(pk=named.pk).update(name="Hub")
        for number, name in enumerate(["¡Ñandú del Río!", "¿?", "x" * 80, "hub"]):
            code = sync.open_pairing(centre=UUID(int=number + 1), name=name, by=None).code
            sync.pair(code=code, device=UUID(int=number + 99), recipient="age1")
        for _ in range(2):
            sync.name_hubs()
        assert set(HubCertificate.objects.values_list("host", flat=True)) == {
            HOST, "nandu-del-rio.centros.example.org", "centro.centros.example.org", "x" * 40 + ".centros.example.org",
            "hub-2.centros.example.org", "hub-3.centros.example.org",
        }  # fmt: skip


@pytest.mark.parametrize("code", ["key", "name", "not_in_force", "order", "unreadable", "certifier"])
def test_what_a_certifier_prints_is_looked_at(scene, authority, tmp_path, code):
    good = certified(scene, authority, tmp_path)
    right = asked(scene)
    other = x509.request_for(generate_private_key(SECP256R1()), HOST)
    printed = {
        "key": authority.certify(other) + authority.pem,
        "name": authority.certify(right, hosts=["otro.centros.example.org"]) + authority.pem,
        "not_in_force": authority.certify(right, days=10, ago=11) + authority.pem,
        "order": authority.certify(right) + Authority().pem,
        "unreadable": "Congratulations!",
        "certifier": authority.certify(right) + authority.pem,
    }[code]

    with pytest.raises(sync.NotFor) as error:
        certify(scene, tmp_path, printed, code=1 if code == "certifier" else 0)

    assert error.value.code == code
    with scene.cell.here():
        row = HubCertificate.objects.get()
        assert (row.chain, row.failure) == (good, code)


def test_a_certificate_is_made_anew_a_month_before_its_end(scene, authority, tmp_path):
    certified(scene, authority, tmp_path, days=29, ago=1)
    old = own(scene)
    assert due(scene) == [HOST]
    new = certify(scene, tmp_path, authority.certify(asked(scene)) + authority.pem).pem
    scene.visit()
    assert (own(scene), due(scene), old[1] != new) == ((HOST, new), [], True)


def test_a_hub_that_lost_its_key_asks_with_another_one(scene, authority, tmp_path):
    certified(scene, authority, tmp_path)
    with scene.hub.here():
        sync.key_file().unlink()
    assert own(scene) == (HOST, None)
    first = asked(scene)
    scene.visit()
    assert (due(scene), asked(scene) != first) == ([HOST], True)
    new = certify(scene, tmp_path, authority.certify(asked(scene)) + authority.pem).pem
    scene.visit()
    assert own(scene) == (HOST, new)


def test_a_revoked_hub_gets_none(scene, authority, tmp_path):
    scene.visit()
    scene.revoke()
    assert due(scene) == []
    certify(scene, tmp_path, authority.certify(asked(scene)) + authority.pem)
    scene.visit()
    assert own(scene) == (HOST, None)


def test_what_is_not_for_this_hub_takes_the_place_of_nothing(scene, authority, tmp_path):
    good = certified(scene, authority, tmp_path)
    with scene.hub.here():
        other = x509.request_for(generate_private_key(SECP256R1()), HOST)
        key = bytes(OwnCertificate.objects.get().key)
        own_certificate.apply([(b"own", [HOST, key, authority.certify(other)])], [])
    assert own(scene) == (HOST, good)
    with scene.hub.here():
        own_certificate.apply([(b"own", "a newer cell's word")], [])
        assert sync.own_name() == ""


@pytest.mark.parametrize("said", [b"rubbish", b"\x30" * 1_999])
def test_a_request_that_is_none_changes_nothing(scene, monkeypatch, said):
    scene.visit()
    before = asked(scene)
    monkeypatch.setattr(own_certificate, "request_to_send", lambda: said)
    assert (scene.visit().ended, asked(scene)) == ("done", before)


def test_the_row_of_a_hub_takes_one_query(scene, django_assert_num_queries):
    with scene.cell.here():
        place = HubPlace(sync.Hub.objects.get().pk, CENTRE, b"")
        with django_assert_num_queries(1):
            assert list(certificates.rows(place)) == [(b"own", [HOST, b"", ""])]


def test_a_clock_that_is_years_off_is_told_from_a_visit(scene):
    now = clock.now()
    with scene.hub.here():
        assert sync.read_clock().wrong is False
    scene.cable.date = now + 900 * DAY
    scene.visit()
    with scene.hub.here():
        reading = sync.read_clock()
        assert (reading.wrong, abs(reading.now - scene.cable.date) < timedelta(minutes=1)) == (True, True)
    scene.cable.date = now
    scene.visit()
    with scene.hub.here():
        assert sync.read_clock().wrong is False


def test_a_clock_that_went_back_since_is_told_by_what_the_cell_said(scene, monkeypatch):
    scene.cable.date = said = clock.now()
    scene.visit()
    monkeypatch.setattr(clock, "now", lambda: said - 2_000 * DAY)
    with scene.hub.here():
        assert sync.read_clock() == (said, said - 2_000 * DAY, True)
