"""A letter as a phone posts it: applied once, judged by the usual rules, answered the same however often it comes."""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import msgspec
import pytest
from django.test import Client

from tests.apps.admissions.actions.test_outreach import a_worker
from tests.apps.admissions.examples import HOURS, a_call, a_draw_call, a_person, an_open_call
from tests.portals.public.test_apply import TYPED, address, text
from trenza.apps.admissions.api import Application, Brought, Call, Letter
from trenza.apps.forms.api import Draft
from trenza.apps.people.api import Consent, Person
from trenza.core import clock
from trenza.core.clock import travel
from trenza.core.sealing import Sealer, cell_key
from trenza.portals.public.letters import MOST_BYTES, token_of

pytestmark = pytest.mark.django_db
SECRET = b"s" * 32


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sealed(
    call: Call, *, letter: UUID | None = None, bringer: str = "", at: Any = None, **typed: Any
) -> dict[str, Any]:
    """What a phone posts."""
    letter = letter or uuid4()
    form = {name: value for name, value in (TYPED | typed).items() if value is not None and name != "once"}
    at = int((at or clock.now()).timestamp() * 1_000)
    plain = msgspec.msgpack.encode([at, "application", [call.pk.bytes, urlencode(form), 1, bringer]])
    record = Sealer(device=letter, secret=SECRET, cell_public=cell_key().public).seal(plain, sequence=1, count=1)
    return {
        "v": 1,
        "id": letter.hex,
        "secret": b64(SECRET),
        "session": b64(record.session),
        "sealed": b64(record.sealed),
    }


def post(body: Any, client: Any = None, **how: Any) -> Any:
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return (client or Client(enforce_csrf_checks=True)).post(
        "/cartas/", content, content_type=how.pop("content_type", "application/json"), **how
    )


def test_a_letter_applies_once_and_is_answered_the_same():
    call = a_call()
    letter = sealed(call)

    first, second = post(letter), post(letter)

    assert first.json() == second.json() == {"letter": letter["id"], "state": "received", "code": ""}
    assert first.headers["Cache-Control"] == "no-store"
    assert (first.cookies, Application.objects.count()) == ({}, 1)
    application = Application.objects.get()
    assert (application.person.given_name, application.state) == ("Juana", "submitted")
    assert Consent.objects.get().text == "data-use"
    assert list(Draft.objects.all()) == []


@pytest.mark.parametrize(
    ("what", "state"), [("missing", "missing"), ("no yes", "missing"), ("known", "known"), ("closed", "closed")]
)
def test_what_cannot_be_is_kept_with_its_reason_and_a_code(what: str, state: str):
    call = a_call()
    changes: dict[str, Any] = {"missing": {"q_has_email": None}, "no yes": {"consent": None}}.get(what, {})
    if what == "known":
        a_person(email=TYPED["email"])
    with travel(call.closes_at + timedelta(seconds=1 if what == "closed" else -5)):
        letter = sealed(call, at=call.closes_at - timedelta(hours=1), **changes)
        answer = post(letter).json()
        assert post(letter).json() == answer

    assert answer["state"] == state
    assert list(Application.objects.all()) == []
    browser: Any = Client()
    moved = browser.post(address(call, "postular/seguir"), {"code": answer["code"]})
    assert moved.url == address(call)
    assert 'value="Juana"' in text(browser.get(moved.url))


def test_into_a_draw_a_letter_counts_until_the_hours_for_it_are_over():
    call = a_draw_call()
    in_time, too_late = call.closes_at - timedelta(minutes=5), call.closes_at + timedelta(minutes=5)
    with travel(call.closes_at + timedelta(hours=HOURS - 1)):
        assert post(sealed(call, at=in_time)).json()["state"] == "received"
        assert post(sealed(call, at=too_late, email="b@ejemplo.bo")).json()["state"] == "closed"
    with travel(call.closes_at + timedelta(hours=HOURS + 1)):
        assert post(sealed(call, at=in_time, email="c@ejemplo.bo")).json()["state"] == "closed"
    assert Application.objects.count() == 1


def spoilt(letter: dict[str, Any]) -> dict[str, Any]:
    call = a_call(code="otra")
    return {
        "not json": b"\xff",
        "a list": [],
        "another secret": letter | {"secret": b64(b"x" * 32)},
        "a short secret": letter | {"secret": "eA"},
        "another id": letter | {"id": uuid4().hex},
        "no id": letter | {"id": "x"},
        "changed": letter | {"sealed": b64(b"x" * 40)},
        "another version": letter | {"v": 2},
        "more": letter | {"admin": True},
        "no point": letter | {"session": b64(b"\4" + b"\0" * 64)},
        "no call": sealed(Call(pk=uuid4())),
        "a forged bringer": sealed(call, bringer="x:y:z"),
        "an open call": sealed(an_open_call(code="abierta-2")),
    }


@pytest.mark.parametrize(
    "how",
    [
        "not json", "a list", "another secret", "a short secret", "another id", "no id", "changed", "another version",
        "more", "no point", "no call", "a forged bringer", "an open call",
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_and_changes_nothing(how: str):
    letter = sealed(a_call())

    answer = post(spoilt(letter)[how])

    assert (answer.status_code, answer.json()) == (400, {"error": "unreadable"})
    assert list(Letter.objects.all()) == []


def test_a_letter_is_answered_to_its_own_phone_alone():
    letter = sealed(a_call())
    post(letter)

    assert post(letter | {"secret": b64(b"y" * 32)}).status_code == 400


def test_letters_have_limits():
    assert post("x", content_type="text/plain").status_code == 415
    assert post("x" * (MOST_BYTES + 1)).status_code == 413
    assert Client().get("/cartas/").status_code == 405
    call = a_call()
    answers = [post(sealed(call, email=None)).status_code for _n in range(301)]
    assert (answers[:300], answers[300]) == ([200] * 300, 429)


@pytest.mark.parametrize("role", ["outreach", "trainer"])
def test_a_worker_brings_women_in_by_letters(role: str):
    call = an_open_call()
    worker = a_worker(call, role=role)
    letter = sealed(call, bringer=token_of(worker), email="", phone="71234567")

    assert post(letter).json() == post(letter).json() == {"letter": letter["id"], "state": "received", "code": ""}

    brought = Brought.objects.get()
    assert (brought.by, brought.pk.hex) == (worker, letter["id"])
    assert Consent.objects.get(person=brought.person).text == "data-use-aloud"


def test_a_letter_of_a_worker_is_judged_when_it_arrives():
    call = a_call()
    worker = a_worker(call, region="oruro")
    before = Person.objects.count()

    elsewhere = post(sealed(call, bringer=token_of(worker)))
    token = token_of(worker)
    with travel(clock.now() + timedelta(days=8)):
        old = post(sealed(call, bringer=token))

    assert elsewhere.json()["state"] in ("missing", "refused")
    assert old.status_code == 400
    assert Person.objects.count() == before


def test_the_page_that_a_phone_keeps_is_the_same_for_everybody():
    call = a_call()
    one, another = Client(), Client()
    another.force_login(a_person(5).accounts.get())

    pages = [browser.get(address(call, "postular/telefono")) for browser in (one, another)]

    assert pages[0].content == pages[1].content
    assert "csrf" not in text(pages[0])
    assert (
        one.get(address(call, "postular/telefono"), headers={"If-None-Match": pages[0].headers["ETag"]}).status_code
        == 304
    )
    assert one.get(address(an_open_call(), "postular/telefono")).status_code == 404
    assert one.get("/promotora/mujeres-online/abierta/telefono/").status_code == 200
