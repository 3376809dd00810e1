"""`trenza hub serve`: a hub's pages, worker and visits in one process, as phones in a centre meet it."""

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.apps.sync.hub.authority import Authority
from tests.apps.sync.hub.scene import Scene
from tests.database import TEMPLATE
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import own_certificate
from trenza.apps.sync.hub.clock import note_clock
from trenza.cli import hub_serving
from trenza.cli.hub_redirect import answer_to, redirect
from trenza.core import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]
HOST = "hub.centros.example.org"
MOST_MB = 130  # 115 is usual; one computer with 1 GB does more than this
Answer = tuple[int, dict[str, str], str]


@pytest.fixture
def scene(transactional_db, tmp_path) -> Scene:
    return Scene(tmp_path, str(connection.settings_dict["NAME"]) + TEMPLATE)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def take(scene: Scene, authority: Authority, *, days: int = 90, ago: int = 1) -> None:
    """The hub is told its name, and a certificate for it."""
    with scene.hub.here():
        own_certificate.apply([(b"own", [HOST, b"", ""])], [])
        chain = authority.certify(own_certificate.request_to_send(), days=days, ago=ago)
        own_certificate.apply([(b"own", [HOST, b"", chain + authority.pem])], [])


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(scene: Scene, port: int, http_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The hub as systemd runs it, on its own database and files."""
    (scene.hub.folder / "secret.key").write_text("the secret of hub")
    environment = {
        **os.environ, "TRENZA_HOME": str(scene.hub.folder), "DJANGO_SETTINGS_MODULE": "trenza.settings.hub",
    }  # fmt: skip
    command = [sys.executable, "-m", "trenza.cli", "hub", "serve", "--host", "127.0.0.1"]
    with (scene.folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--http-port", str(http_port)], env=environment, stdout=said, stderr=said
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(connection_: http.client.HTTPConnection, path: str, body: str | None = None, **headers: str) -> Answer:
    with closing(connection_):
        connection_.request("GET" if body is None else "POST", path, body, {"Host": HOST, **headers})
        answer = connection_.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


def until(met: Callable[[], Answer | None], process: "subprocess.Popen[bytes]", said: Path) -> Answer:
    end = time.monotonic() + 40
    while time.monotonic() < end:
        try:
            if found := met():
                return found
        except (OSError, http.client.HTTPException):
            pass
        assert process.poll() is None, said.read_text()
        time.sleep(0.2)
    raise AssertionError(said.read_text())


def here(answer: Answer) -> Answer | None:
    return answer if answer[0] == 200 else None


@pytest.mark.slow
def test_a_hub_is_safe_while_its_certificate_is_and_gives_pages_after(scene, authority):
    port, http_port = free_port(), free_port()
    trusting = ssl.create_default_context(cadata=authority.pem)
    said = scene.folder / "said"
    take(scene, authority)

    def safely(path: str, body: str | None = None, **headers: str) -> Answer:
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=10)
        line.sock = trusting.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname=HOST)
        return ask(line, path, body, **headers)

    def plainly(path: str) -> Answer:
        return ask(http.client.HTTPConnection("127.0.0.1", http_port, timeout=10), path)

    with serving(scene, port, http_port) as process:
        status, headers, page = until(lambda: safely("/entrar/tarjeta/"), process, said)
        assert (status, 'data-phone="/app/' in page, "Sin conexión segura" in page) == (200, True, False)
        assert headers["set-cookie"].startswith("csrftoken=")
        assert "; Secure" in headers["set-cookie"]
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        told = {
            "Host": f"{HOST}:{port}",
            "Origin": f"https://{HOST}:{port}",
            "Cookie": headers["set-cookie"].split(";")[0],
        }
        form = urlencode({"card": "7F3K", "csrfmiddlewaretoken": token})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert safely("/entrar/tarjeta/", form, **told, **kind)[0] == 200  # and not 403: the form was ours
        status, headers, _ = plainly("/catalogo/?q=a")
        assert (status, headers["Location"]) == (302, f"https://{HOST}:{port}/catalogo/?q=a")
        assert f"Pages at https://{HOST}:{port}.\n" in said.read_text()
        resident = Path(f"/proc/{process.pid}/status").read_text().partition("VmRSS:")[2].split()[0]
        assert int(resident) // 1024 <= MOST_MB

        take(scene, authority, days=1, ago=2)
        status, headers, page = until(lambda: here(plainly("/entrar/tarjeta/")), process, said)
        assert ('data-phone=""' in page, "Sin conexión segura" in page, "Secure" in headers["set-cookie"]) == (
            True, True, False,
        )  # fmt: skip
        assert headers["set-cookie"].startswith("plain_csrf=")
        with pytest.raises(OSError, match="refused"):
            safely("/entrar/tarjeta/")
        assert "the certificate is valid from" in said.read_text()

        process.terminate()
        assert process.wait(10) == 0


def test_how_phones_are_answered_follows_from_the_certificate(scene, authority, monkeypatch):
    def planned() -> tuple[str, bool, str]:
        with scene.hub.here():
            now = hub_serving.plan()
            return now.host, bool(now.chain), now.settings(443, 80)["TRENZA_URL"]

    monkeypatch.setenv("TRENZA_HOSTS", "192.168.50.1,localhost")
    assert planned() == ("", False, "http://192.168.50.1")
    take(scene, authority, days=1, ago=2)
    assert planned() == (HOST, False, f"http://{HOST}")
    take(scene, authority)
    assert planned() == (HOST, True, f"https://{HOST}")
    with scene.hub.here():
        assert hub_serving.plan().settings(8443, 80) == {
            "TRENZA_HUB_SECURE": "1", "TRENZA_URL": f"https://{HOST}:8443", "MALLOC_ARENA_MAX": "1",
            "MALLOC_MMAP_THRESHOLD_": "1048576",
            "TRENZA_HOSTS": f"{HOST},192.168.50.1,localhost",
        }  # fmt: skip


@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_that_is_known_to_be_off_does_not_end_a_certificate(scene, authority, monkeypatch, years):
    today = clock.now()
    take(scene, authority)
    monkeypatch.setattr(clock, "now", lambda: today + timedelta(days=365 * years))
    with scene.hub.here():
        assert not hub_serving.plan().chain
        note_clock(told_at=today, heard_at=clock.now())
        assert (bool(hub_serving.plan().chain), sync.read_clock().wrong) == (True, True)


@pytest.mark.parametrize(
    ("head", "path"),
    [
        (b"GET /mi/?a=b HTTP/1.1\r\nHost: 192.168.50.1\r\n\r\n", "/mi/?a=b"),
        (b"POST /entrar/ HTTP/1.1\r\n\r\n", "/"),
        (b"GET http://elsewhere.example/ HTTP/1.1\r\n\r\n", "/"),
        (b"GET /\xc3\xb1 HTTP/1.1\r\n\r\n", "/"),
        (b"GET /a\nLocation:x HTTP/1.1\r\n\r\n", "/"),
        (b"\x16\x03\x01", "/"),
    ],
)
def test_who_asks_in_the_clear_is_sent_on(head, path):
    assert f"\r\nLocation: https://{HOST}{path}\r\n".encode() in answer_to(head, f"https://{HOST}")


def test_the_redirect_ends_when_it_is_told_to_and_survives_nonsense():
    ended, port = Event(), free_port()
    thread = Thread(target=redirect, args=("127.0.0.1", port, f"https://{HOST}", ended))
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), 5) as line:
                    line.sendall(b"x" * 20_000)
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/mi/")[0] == 302
    finally:
        ended.set()
        thread.join(5)
    assert not thread.is_alive()
