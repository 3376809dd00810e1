"""Signing in as she does, page by page, with Django's client."""

import email
import email.policy
import logging
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from trenza.apps.people.actions import attempts
from trenza.apps.people.api import Account, Person, latest_code, register_person
from trenza.core.clock import travel
from trenza.portals.field.origin import connection_of

pytestmark = pytest.mark.django_db

EMAIL = "rosa.quispe@demo.example"
CODE = re.compile(r"\b\d{6}\b")


@pytest.fixture(autouse=True)
def midday() -> Iterator[None]:
    """Limits count in fixed windows; no test runs over a border."""
    with travel(datetime(2026, 11, 22, 12, 1, tzinfo=UTC)):
        yield


@pytest.fixture
def rosa() -> Person:
    return register_person(given_name="Rosa", family_name="Quispe", email=EMAIL)


def ask_for_code(client: Client, email: str = EMAIL, **more: str) -> str:
    """Ask, and return the code in the newest mail."""
    response = client.post("/entrar/", {"email": email, **more})
    assert response.status_code == 302
    return newest_code()


def newest_code() -> str:
    [code] = CODE.findall(str(mail.outbox[-1].body)) if mail.outbox else [""]
    return code


def wrong(code: str) -> str:
    return f"{(int(code or 0) + 1) % 1_000_000:06}"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def page(response) -> str:
    """A page without its tokens, which differ from one request to the next."""
    return re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", response.content.decode())


def test_sign_in_leads_to_where_she_wanted_to_go(client, rosa):
    code = ask_for_code(client, " Rosa.Quispe@demo.example ", next="/favicon.ico?a=1&b=2")
    shown = client.get("/entrar/codigo/?next=/favicon.ico%3Fa%3D1%26b%3D2")
    assert 'value="/favicon.ico?a=1&amp;b=2"' in shown.content.decode()

    response = client.post("/entrar/codigo/", {"code": f"{code[:3]} {code[3:]}", "next": "/favicon.ico?a=1&b=2"})

    assert (response.status_code, response["Location"]) == (302, "/favicon.ico?a=1&b=2")
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client, rosa, target):
    code = ask_for_code(client, next=target)
    response = client.post("/entrar/codigo/", {"code": code, "next": target})
    assert response["Location"] == "/mi/"


def test_code_field_helps_the_phone_to_fill_it(client, rosa):
    ask_for_code(client)
    [field] = re.findall(r'<input[^>]*name="code"[^>]*>', client.get("/entrar/codigo/").content.decode())
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field


def test_mail_is_neutral_and_holds_six_digits(client, rosa):
    code = ask_for_code(client)
    [message] = mail.outbox
    assert (message.to, message.subject) == ([EMAIL], "Tu código")
    assert message.body == (
        f"Tu código es {code}\n\nEscríbelo en la página donde lo pediste. Sirve durante 5 minutos.\n\n"
        "Si no lo pediste, no tienes que hacer nada."
    )


def test_unknown_address_gets_the_same_pages_as_a_known_one(rosa):
    def walk(email: str) -> list[tuple[int, str, str, list[str]]]:
        client, seen = Client(), []
        steps = [("/entrar/", {"email": email}), ("/entrar/codigo/", None), ("/entrar/codigo/", {"action": "resend"})]
        steps += [("/entrar/codigo/", None)] + [("/entrar/codigo/", {"code": "no"})] * 3 + [("/entrar/", None)]
        for path, data in steps:
            response = client.get(path) if data is None else client.post(path, data)
            text = page(response).replace(email, "HER ADDRESS")
            seen.append((response.status_code, response.get("Location", ""), text, sorted(response.cookies)))
        return seen

    assert walk("nobody.here@demo.example") == walk(EMAIL)
    assert [message.to for message in mail.outbox] == [[EMAIL], [EMAIL]]


def test_closed_account_is_like_an_unknown_one(client, rosa):
    Account.objects.update(is_active=False)
    assert ask_for_code(client) == ""


def test_account_closed_after_the_code_was_sent_stays_out(client, rosa):
    code = ask_for_code(client)
    Account.objects.update(is_active=False)
    client.post("/entrar/codigo/", {"code": code})
    assert not signed_in(client)


def test_no_code_lets_nobody_in(client):
    """allauth makes a code for an unknown address when it is asked to send another."""
    client.post("/entrar/", {"email": "nobody@demo.example"})
    client.post("/entrar/codigo/", {"action": "resend"})
    assert "code" not in client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]
    assert client.post("/entrar/codigo/", {"code": ""}).status_code == 200
    assert not signed_in(client)


def test_wrong_code_says_what_to_do_and_the_third_ends_it(client, rosa):
    code = ask_for_code(client, next="/favicon.ico")
    for _ in range(2):
        text = client.post("/entrar/codigo/", {"code": wrong(code)}).content.decode()
        assert "Ese no es el código. Busca el mensaje más reciente y escribe sus seis números." in text

    response = client.post("/entrar/codigo/", {"code": wrong(code), "next": "/favicon.ico"}, follow=True)

    assert response.redirect_chain == [("/entrar/?next=%2Ffavicon.ico", 302)]
    assert "El código no coincidió tres veces y ya no sirve. Pide otro." in response.content.decode()
    client.post("/entrar/codigo/", {"code": code})
    assert not signed_in(client)


def test_another_code_replaces_the_first_and_is_sent_twice_at_most(client, rosa):
    first = ask_for_code(client)
    client.post("/entrar/codigo/", {"action": "resend"})
    second = newest_code()
    client.post("/entrar/codigo/", {"action": "resend"})
    assert "resend" not in client.get("/entrar/codigo/").content.decode()
    client.post("/entrar/codigo/", {"action": "resend"})
    assert len(mail.outbox) == 3

    if first != second:
        client.post("/entrar/codigo/", {"code": first})
        assert not signed_in(client)
    client.post("/entrar/codigo/", {"code": newest_code()})
    assert signed_in(client)


def test_code_works_for_five_minutes(client, rosa):
    code = ask_for_code(client)
    login = client.session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= 301
    session = client.session
    session["account_login"] = login
    session.save()

    response = client.post("/entrar/codigo/", {"code": code})

    assert (response.status_code, response["Location"]) == (302, "/entrar/")
    assert not signed_in(client)


def test_code_belongs_to_the_phone_that_asked(client, rosa):
    code = ask_for_code(client)
    other = Client()
    other.post("/entrar/codigo/", {"code": code})
    assert not signed_in(other)


def test_she_may_correct_her_address_while_a_code_is_on_its_way(client, rosa):
    client.post("/entrar/", {"email": "rosa.kispe@demo.example"})
    assert client.get("/entrar/").status_code == 200
    assert client.post("/entrar/codigo/", {"code": "000000"}).status_code == 200
    client.post("/entrar/codigo/", {"code": ask_for_code(client)})
    assert signed_in(client)


@pytest.mark.parametrize("email", [EMAIL, "nobody@demo.example"])
def test_codes_to_an_address_are_limited_whoever_asks(rosa, email):
    answers = [Client().post("/entrar/", {"email": email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("email", [EMAIL, "nobody@demo.example"])
def test_tries_of_a_code_are_limited_over_sessions(rosa, email, monkeypatch):
    monkeypatch.setattr(attempts, "CODES_TRIED_FOR_AN_ADDRESS", (attempts.Limit(4, 900),))
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/entrar/", {"email": email})
        answers += [client.post("/entrar/codigo/", {"code": "no"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302, 200, 429, 429]


def test_broken_address_is_kept_and_explained(client):
    text = client.post("/entrar/", {"email": "rosa@"}).content.decode()
    assert 'value="rosa@"' in text
    assert "Ese correo electrónico no está completo." in text


def test_leaving_needs_the_button(client, rosa):
    client.post("/entrar/codigo/", {"code": ask_for_code(client)})

    assert "Cerrar sesión" in client.get("/salir/").content.decode()
    assert signed_in(client)
    response = client.post("/salir/")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert not signed_in(client)


def test_session_keeps_no_address_and_no_code(client, rosa):
    code = ask_for_code(client)
    client.post("/entrar/codigo/", {"code": code})
    [session] = Session.objects.filter(pk=client.session.session_key)
    text = str(session.get_decoded())
    assert [word for word in (EMAIL, code) if word in text] == []


def test_other_pages_of_allauth_have_no_address(client):
    names = ["signup", "email", "change_password", "set_password", "reset_password", "inactive", "reauthenticate"]
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(f"account_{name}")
    for path in ("/accounts/", "/accounts/login/", "/accounts/signup/", "/entrar/signup/"):
        assert client.get(path).status_code == 404


def test_logs_hold_nothing_personal_over_a_whole_sign_in(client, rosa, caplog, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    with caplog.at_level(logging.DEBUG):
        client.post("/entrar/", {"email": EMAIL, "next": "/favicon.ico"})
        code = latest_code(EMAIL)
        assert code is not None
        client.post("/entrar/codigo/", {"code": wrong(code)})
        client.post("/entrar/", {"email": "nobody.here@demo.example"})
        for _ in range(7):
            client.post("/entrar/", {"email": EMAIL})
        client.get("/entrar/codigo/")
        client.post("/entrar/codigo/", {"code": latest_code(EMAIL)})
        client.post("/salir/")

    # The statements of the database are logged at DEBUG in development only, which is never the case here.
    kept = [record for record in caplog.records if record.name != "django.db.backends"]
    text = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in kept).lower()
    assert f"a mail was sent; on this laptop it is in {tmp_path}".lower() in text
    words = ["rosa", "quispe", "nobody.here", "demo.example", code]
    assert [word for word in words if word in text] == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_mail_server_that_refuses_is_logged_without_the_address(client, rosa, caplog, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", _closed_port(), False

    response = client.post("/entrar/", {"email": EMAIL})

    assert response.status_code == 302
    assert [record.getMessage() for record in caplog.records if record.name.startswith("trenza")] == [
        "a mail could not be sent: ConnectionRefusedError"
    ]
    assert "rosa" not in caplog.text


class Inbox:
    """Keeps what a real mail server receives."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def test_code_arrives_through_a_real_mail_server(client, rosa, settings):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=_closed_port())
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        client.post("/entrar/", {"email": EMAIL})
    finally:
        server.stop()

    [(to, content)] = inbox.received
    assert to == [EMAIL]
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    client.post("/entrar/codigo/", {"code": CODE.findall(body.get_content())[0]})
    assert signed_in(client)


def test_latest_code_is_the_newest_to_that_address(client, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert latest_code(EMAIL) is None
    for name in ("Rosa", "Ana"):
        register_person(given_name=name, family_name="", email=f"{name}@demo.example")
    client.post("/entrar/", {"email": "rosa@demo.example"})
    first = latest_code("rosa@demo.example")
    client.post("/entrar/codigo/", {"action": "resend"})
    Client().post("/entrar/", {"email": "ana@demo.example"})

    code = latest_code(" Rosa@demo.example")

    assert first is not None
    assert code is not None
    assert latest_code("nobody@demo.example") is None
    client.post("/entrar/codigo/", {"code": code})
    assert signed_in(client)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "192.0.2.1", "203.0.113.9"),
        (3, "203.0.113.9, 198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "<script>", "192.0.2.1", ""),
        (0, "", "", ""),
    ],
)
def test_connection_of_believes_only_our_proxies(settings, proxies, forwarded, remote, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=remote)
    assert connection_of(request) == expected


def _closed_port() -> int:
    """A free port of loopback, where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
