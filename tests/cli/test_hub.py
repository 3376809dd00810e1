"""`trenza hub`, on the hub and on its cell, over a real line."""

import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError, connection

from tests.apps.places.examples import a_centre
from tests.apps.sync.hub.authority import Authority, program
from tests.apps.sync.hub.scene import CENTRE, Place, Scene, see, seen
from tests.apps.sync.hub.toys import shelf
from tests.core.journal.toys import Seen
from tests.database import TEMPLATE
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import certificates, keys, own_certificate, registry, sending
from trenza.apps.sync.models import HubCertificate
from trenza.cli import hub_certificates, visiting
from trenza.cli.commands import main
from trenza.portals.api.views import hubs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    for name, empty in (("_kinds", set()), ("_about_strangers", set()), ("_rosters", []), ("_tables", {})):
        monkeypatch.setattr(registry, name, empty)
    registry.register_hub_kinds(Seen, strangers=True)
    registry.register_hub_table("toys.shelf", shelf.rows, shelf.apply)
    hubs.PACE.forget()
    shelf.forget()


@pytest.fixture
def scene(transactional_db, tmp_path, monkeypatch) -> Scene:
    """The command's line ends at the scene's cell, with the token that the hub keeps."""
    scene = Scene(tmp_path, str(connection.settings_dict["NAME"]) + TEMPLATE)
    monkeypatch.setattr(sync, "HttpLine", lambda _, token: _Closed(scene, token))
    return scene


class _Closed:
    """A line as `HttpLine` is one."""

    def __init__(self, scene: Scene, token: bytes) -> None:
        assert token == scene.cable.token
        self._cable = scene.cable
        self.ask, self.date = scene.cable.ask, scene.cable.date

    @property
    def used(self) -> int:
        return self._cable.used

    def close(self) -> None:
        pass


def run(place: Place, *words: str) -> Result:
    with place.here():
        return CliRunner().invoke(main, ["hub", *words], catch_exceptions=False)


def test_an_installation_that_is_no_hub_says_what_to_do(scene):
    for words in (["status"], ["sync"], ["export", "x.trenza"]):
        result = run(scene.cell, *words)
        assert (result.exit_code, result.stderr) == (1, visiting.SAID[sync.NotPaired] + "\n")


def test_status_says_what_waits_and_sync_hands_it_on(scene):
    scene.see(0, 1)
    before = run(scene.hub, "status").output
    done = run(scene.hub, "sync")
    after = run(scene.hub, "status").output

    assert "Waiting here: 2 entries, 0 records of phones." in before
    assert "Last contact: never." in before
    assert (done.exit_code, done.output.endswith("KB; 0 things still waiting here.\n")) == (0, True)
    assert "Waiting here: 0 entries" in after
    assert "Last contact: just now." in after
    assert scene.cell.said() == seen(0, 1)


def test_sync_says_what_failed_and_status_remembers(scene):
    scene.see(0)
    scene.cable.faults = ["cut before"]
    failed = run(scene.hub, "sync")
    assert (failed.exit_code, failed.stderr) == (1, visiting.WHY["unreachable"] + "\n")
    assert "The last try, just now, failed. The cell cannot be reached" in run(scene.hub, "status").output


def test_sync_keeps_to_a_days_megabytes(scene, monkeypatch):
    scene.see(0)
    scene.cable.faults = ["answer lost"]
    run(scene.hub, "sync", "--budget-mb", "1")
    with scene.hub.here():
        sync.Upstream.objects.update(spent=1_000_000)
    done = run(scene.hub, "sync", "--budget-mb", "1")
    assert (done.exit_code, "The megabytes of today are spent" in done.output) == (0, True)


def test_sync_goes_on_until_it_is_told_to_end(scene, monkeypatch):
    scene.see(0)
    handlers = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    pauses: list[float] = []

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            if len(pauses) == 3:
                os.kill(os.getpid(), signal.SIGTERM)
            return self.is_set()

    monkeypatch.setattr(visiting, "Event", Impatient)
    try:
        assert run(scene.hub, "sync", "--every", "30").exit_code == 0
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), handlers, strict=True):
            signal.signal(number, handler)
    assert pauses == [0, 1_800, 1_800]


def test_a_revoked_hub_is_told_in_words(scene):
    scene.see(0)
    assert run(scene.cell, "revoke", "hub").output == "hub is revoked.\n"
    assert run(scene.cell, "revoke", "hub").exit_code == 1
    assert run(scene.cell, "revoke", "nobody").stderr == "No hub is called nobody.\n"

    assert run(scene.hub, "sync").exit_code == 1
    assert "Held at the cell: 1 (hub revoked). The office sees them." in run(scene.hub, "status").output


def test_files_go_to_the_cell_and_back(scene, tmp_path: Path):
    scene.see(0, 1)
    there, back = str(tmp_path / "there.trenza"), str(tmp_path / "back.trenza")

    assert run(scene.hub, "export", there).exit_code == 0
    taken = run(scene.cell, "import", there)
    assert taken.output == 'hub: 1 message taken in.\nAnswer with: trenza hub export FILE --for "hub"\n'
    shelf.of("cell")[b"1"] = 1
    assert run(scene.cell, "export", back, "--for", "hub").exit_code == 0
    assert run(scene.hub, "import", back).output == "1 page of rows put in place.\n"

    assert (scene.waiting(), scene.cell.said(), shelf.of("hub")) == (0, seen(0, 1), {b"1": 1})
    assert run(scene.hub, "import", there).stderr == visiting.SAID[sync.NotForUs] + "\n"


def test_a_code_is_made_on_the_cell_for_a_centre_without_a_hub(scene):
    with scene.cell.here():
        a_centre("otro")
        other = a_centre("tiene-uno")
        sync.Hub.objects.update(centre=other.pk)

    assert len(run(scene.cell, "code", "otro", "Otro").output.strip()) == 10
    assert run(scene.cell, "code", "tiene-uno", "Centro").stderr == visiting.SAID[sync.CentreHasHub] + "\n"
    none = run(scene.cell, "code", "nada", "Centro")
    assert (none.exit_code, none.stderr) == (1, "No open centre has the code nada. There are: otro, tiene-uno.\n")


def test_a_paired_hub_is_not_paired_again(scene):
    assert (
        run(scene.hub, "pair", "https://cell.example", "0123456789").stderr == visiting.SAID[sync.AlreadyPaired] + "\n"
    )


@pytest.mark.parametrize("failure", ["token", "proof"])
def test_a_hub_that_its_cell_does_not_know_any_more_may_be_paired_anew(scene, failure):
    with scene.hub.here():
        sending.note_failure(code="unreachable")
        with pytest.raises(sync.AlreadyPaired):
            sync.ensure_unpaired()
        sending.note_failure(code=failure)
        sync.ensure_unpaired()


def test_a_hub_that_lost_its_secret_key_may_be_paired_anew(scene, monkeypatch):
    with scene.hub.here():
        monkeypatch.setattr(keys, "unlocked", lambda *_: None)
        sync.ensure_unpaired()


def test_a_hub_without_tables_says_how_to_make_them(scene, monkeypatch):
    def standing() -> None:
        raise OperationalError("no such table: sync_upstream")

    monkeypatch.setattr(sync, "standing", standing)
    with pytest.raises(OperationalError):  # all tables are there: something else is wrong
        run(scene.hub, "status")
    monkeypatch.setattr(visiting, "_tables_wait", lambda: True)
    assert run(scene.hub, "status").stderr.endswith("sudo trenza migrate\n")


def test_a_full_stick_is_said(scene, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert run(scene.hub, "export", "x.trzh").stderr == "No space left on device.\n"


@pytest.mark.slow
def test_pairing_and_visiting_over_http(live_server, tmp_path: Path, monkeypatch):
    """The hub is the same database here: what is tested is the line."""
    shelf.at("cell")
    code = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    device = UUID(int=5)
    line = sync.HttpLine(live_server.url, b"")
    told = sync.pair_over(line, code=code, device=device, recipient=str(sync.own_identity().to_public()), program="1")
    line.close()
    sync.take_pairing(url=live_server.url, told=told)
    see(numbers=[1], person=None)
    row = sync.upstream()

    with pytest.raises(sync.LineError) as error:
        sync.pair_over(sync.HttpLine(live_server.url, b""), code="0" * 10, device=device, recipient="age1", program="")
    assert error.value.code == "body"
    line = sync.HttpLine(row.url, sync.token_of(row))
    first, second = sync.visit(line), sync.visit(line)
    line.close()

    assert (first.ended, second.ended, second.rounds) == ("done", "done", 1)
    assert second.used <= 1_024
    assert sync.standing().not_taken == {("refused", "not_its_device"): 1}


@pytest.mark.parametrize("url", ["http://cell.example", "ftp://127.0.0.1", "cell.example", ""])
def test_a_token_goes_nowhere_in_the_clear(url):
    with pytest.raises(sync.LineError) as error:
        sync.HttpLine(url, b"")
    assert error.value.code == "address"


def test_a_line_to_nobody_says_so():
    with pytest.raises(sync.LineError) as error:
        sync.HttpLine("http://127.0.0.1:1", bytes(32)).ask(b"")
    assert error.value.code == "unreachable"


def test_certificates_are_made_on_the_cell_and_status_says_so(scene, settings, tmp_path: Path):
    refused = run(scene.cell, "certificates")
    assert (refused.exit_code, refused.stderr.startswith("Set TRENZA_HUB_DOMAIN")) == (1, True)
    settings.HUB_DOMAIN, authority = "centros.example.org", Authority()
    settings.HUB_CERTIFIER = program(tmp_path, "")
    registry.register_hub_table(certificates.TABLE, certificates.rows, own_certificate.apply)
    assert (run(scene.cell, "certificates").exit_code, "This hub has no name" in run(scene.hub, "status").output) == (
        0,
        True,
    )
    assert "it comes with the first visit" in run(scene.hub, "status").output
    run(scene.hub, "sync")
    assert "hub.centros.example.org, without a certificate yet" in run(scene.hub, "status").output

    failed = run(scene.cell, "certificates")
    assert (failed.exit_code, failed.stderr) == (
        1,
        f"hub.centros.example.org: {hub_certificates.WRONG['unreadable']}.\n",
    )
    with scene.cell.here():
        asked = bytes(HubCertificate.objects.get().request)
    (tmp_path / "printed").write_text(authority.certify(asked) + authority.pem)
    done = run(scene.cell, "certificates")
    assert (done.exit_code, done.output.startswith("hub.centros.example.org: good until 20")) == (0, True)
    scene.cable.date = datetime(2051, 1, 1, tzinfo=UTC)
    run(scene.hub, "sync")
    status = run(scene.hub, "status").output
    assert "THE CLOCK IS WRONG." in status
    assert "sudo timedatectl set-time '2051-01-01 00:00'" in status
    assert "Its certificate ended on" in status
    assert run(scene.cell, "certificates").output == ""
