"""Each check of what runs beside the web processes, when all is well and when it is not."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core import mail

from tests.cli.doctor.test_program import GOOD, WARNING, WRONG, state
from tools.postgresql import free_port
from trenza.apps.people.api import register_person
from trenza.cli.doctor import services
from trenza.core import clock, journal
from trenza.core.models import Cursor, Task

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.django_db(transaction=True)
def test_worker_that_reads_nothing():
    with clock.travel(NOON):
        register_person(given_name="Ana", family_name="")
        assert state(services.worker) == GOOD
    with clock.travel(NOON + timedelta(minutes=11)):
        assert state(services.worker) == WRONG
        journal.work_until_done()
        assert state(services.worker) == GOOD


@pytest.mark.django_db
def test_worker_that_does_nothing():
    Cursor.objects.bulk_create([Cursor(handler=each.handler, position=10) for each in journal.all_reactions()])
    Task.objects.create(handler="some", position=1, run_after=NOON)
    with clock.travel(NOON + timedelta(minutes=9)):
        assert state(services.worker) == GOOD
    with clock.travel(NOON + timedelta(hours=3)):
        assert state(services.worker) == WRONG
        assert services.worker().says == "A task waits for 3 hours, 1 in all."


@pytest.mark.django_db
def test_dead_tasks():
    assert state(services.dead_tasks) == GOOD
    Task.objects.create(handler="some", position=1, run_after=NOON, dead_at=NOON)
    assert state(services.dead_tasks) == WARNING


@pytest.fixture
def server() -> Iterator[Controller]:
    running = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    running.start()
    yield running
    running.stop()


def use(settings: Any, server: Any, **other: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = server.port
    for name, value in {"EMAIL_USE_TLS": False, "EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": "", **other}.items():
        setattr(settings, name, value)


def test_mail_server_that_answers(settings, server):
    use(settings, server)
    assert state(services.mail) == GOOD


def test_mail_server_that_offers_no_encryption(settings, server):
    use(settings, server, EMAIL_USE_TLS=True)
    assert state(services.mail) == WRONG
    assert "TRENZA_SMTP_TLS" in services.mail().remedy


def test_mail_server_that_knows_no_users(settings, server):
    use(settings, server, EMAIL_HOST_USER="user", EMAIL_HOST_PASSWORD="hunter2")
    assert state(services.mail) == WRONG
    assert "hunter2" not in str(services.mail())


def test_mail_server_that_is_not_there(settings):
    use(settings, SimpleNamespace(port=free_port()))
    assert state(services.mail) == WRONG
    assert "TRENZA_SMTP_HOST" in services.mail().remedy
    assert state(lambda: services.send_test("ana@example.org")) == WRONG


def test_mail_that_goes_to_files(settings):
    settings.EMAIL_BACKEND, settings.PUBLIC_URL = FILES, "http://127.0.0.1:8000"
    assert state(services.mail) == GOOD
    settings.PUBLIC_URL = "https://trenza.example.org"
    assert state(services.mail) == WRONG


def test_a_test_mail_is_sent_when_it_is_asked_for():
    assert state(services.mail) == GOOD
    assert mail.outbox == []
    assert state(lambda: services.send_test("ana@example.org")) == GOOD
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


@pytest.mark.parametrize(("days", "expected"), [(60, GOOD), (15, WARNING), (5, WRONG)])
def test_certificate_by_what_is_left_of_it(settings, monkeypatch, days, expected):
    settings.PUBLIC_URL = "https://trenza.example.org"
    monkeypatch.setattr(services, "certificate_ends", lambda host, port: clock.now() + timedelta(days=days, hours=1))
    assert state(services.certificate) == expected


@pytest.mark.parametrize(
    ("error", "expected"), [(ssl.SSLCertVerificationError("x"), WRONG), (ConnectionRefusedError(), WARNING)]
)
def test_certificate_that_cannot_be_seen(settings, monkeypatch, error, expected):
    def fail(host: str, port: int) -> datetime:
        raise error

    settings.PUBLIC_URL = "https://trenza.example.org"
    monkeypatch.setattr(services, "certificate_ends", fail)
    assert state(services.certificate) == expected


def test_certificate_is_not_needed_without_https(settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    assert state(services.certificate) == GOOD


def test_certificate_that_nobody_signed_is_refused(tmp_path):
    """A server of our own with a certificate of its own making."""
    import socket
    import subprocess
    import threading

    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert"), "-subj", "/CN=localhost"]
    subprocess.run(["openssl", *made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            plain, _ = listening.accept()
            with plain, pytest.raises(ssl.SSLError):
                context.wrap_socket(plain, server_side=True)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(ssl.SSLCertVerificationError):
            services.certificate_ends("localhost", listening.getsockname()[1])
        thread.join()
