"""Texts to phones: into files on a laptop, through a real gateway elsewhere."""

import logging
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured

from tools.kannel import PASSWORD, USER, NoGateway, running_gateway
from trenza.apps.messaging.api import can_send, latest_text, send_sms
from trenza.settings.environment import gateway

ROSA, TEXT = "+59171234567", "Tu código es 123456. Vale 5 minutos."


@pytest.fixture
def files(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "files", tmp_path / "sms"
    return settings.SMS_FILE_PATH


class Gateway(BaseHTTPRequestHandler):
    """Answers as it was told, and keeps what it was asked."""

    status = 202
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"0: Accepted for delivery")

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


@pytest.fixture
def imitation(settings) -> Iterator[type[Gateway]]:
    """A gateway that keeps what it is asked; it refuses where `status` is set to say so."""
    handler = type("Handler", (Gateway,), {"asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.SMS_BACKEND, settings.SMS_URL = "http", f"http://127.0.0.1:{server.server_port}/cgi-bin/sendsms?smsc=uno"
    settings.SMS_USER, settings.SMS_PASSWORD, settings.SMS_SENDER = USER, PASSWORD, "2121"
    yield handler
    server.shutdown()
    server.server_close()


def test_texts_go_to_files_that_only_the_installation_reads(files):
    send_sms(to=ROSA, text=TEXT, key="a")
    send_sms(to=ROSA, text="Otro", key="a")

    [written] = files.iterdir()
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.read_text() == f"{ROSA}\n\n{TEXT}\n"


def test_latest_text_is_the_newest_to_that_number(files):
    assert latest_text(ROSA) is None
    for key, to, text in (("b", ROSA, "uno"), ("a", ROSA, "dos"), ("c", "+59179999999", "tres")):
        send_sms(to=to, text=text, key=key)

    assert latest_text(ROSA) == "dos"
    assert latest_text("+59170000000") is None


def test_gateway_is_asked_in_the_words_of_kannel(imitation):
    send_sms(to=ROSA, text=TEXT, key="abc")
    send_sms(to=ROSA, text="Your code is 123456", key="def")

    first, second = (parse_qs(urlsplit(path).query) for path in imitation.asked)
    assert first == {
        "smsc": ["uno"], "username": [USER], "password": [PASSWORD], "from": ["2121"], "to": [ROSA], "text": [TEXT],
        "charset": ["UTF-8"], "coding": ["2"], "binfo": ["abc"],
    }  # fmt: skip
    assert second["coding"] == ["0"]


def test_refusal_and_silence_are_logged_by_their_type_alone(imitation, settings, caplog):
    imitation.status = 403
    with caplog.at_level(logging.DEBUG):
        send_sms(to=ROSA, text=TEXT, key="a")
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            settings.SMS_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
            send_sms(to=ROSA, text=TEXT, key="b")

    assert [record.getMessage() for record in caplog.records] == [
        "a text could not be sent: Refused",
        "a text could not be sent: ConnectionRefusedError",
    ]


def test_gateway_that_does_not_answer_is_left_after_the_timeout(settings, caplog):
    settings.SMS_BACKEND, settings.SMS_TIMEOUT = "http", 0.1
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        send_sms(to=ROSA, text=TEXT, key="a")

    assert [record.getMessage() for record in caplog.records] == ["a text could not be sent: TimeoutError"]


def test_without_a_gateway_nothing_is_sent_and_nothing_offered(settings, files):
    settings.SMS_BACKEND = "off"
    send_sms(to=ROSA, text=TEXT, key="a")

    assert (can_send(), files.exists(), latest_text(ROSA)) == (False, False, None)


@pytest.mark.parametrize("url", ["http://sms.example/sendsms", "sms.example", "ftp://sms.example/"])
def test_gateway_across_a_network_must_speak_https(url):
    with pytest.raises(ImproperlyConfigured, match="TRENZA_SMS_URL"):
        gateway("TRENZA_SMS_URL", url)


@pytest.mark.parametrize("url", ["", "https://sms.example/sendsms", "http://127.0.0.1:13013/cgi-bin/sendsms"])
def test_gateway_may_be_near_far_or_absent(url):
    assert gateway("TRENZA_SMS_URL", url) == url


def test_code_with_accents_arrives_through_a_real_gateway(settings):
    try:
        with running_gateway() as (url, network):
            settings.SMS_BACKEND, settings.SMS_URL = "http", url
            settings.SMS_USER, settings.SMS_PASSWORD, settings.SMS_SENDER = USER, PASSWORD, "2121"
            send_sms(to=ROSA, text="Tu código, señora: 123456", key="a")
            send_sms(to=ROSA, text="Your code: 123456", key="b")
            received = network.wait(2)
    except NoGateway as why:
        pytest.skip(str(why))

    to = ROSA.removeprefix("+")  # the network says in another field that the number is a whole one
    assert received == [(to, "Tu código, señora: 123456"), (to, "Your code: 123456")]
