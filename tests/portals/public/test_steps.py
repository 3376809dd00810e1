"""A form of several pages: page by page, kept as she goes, on another device by a code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.admissions.examples import BORN, FORM, a_call, a_person
from tests.portals.public.test_apply import TYPED, address, sign_in, text
from trenza.apps.admissions.api import Application, Call
from trenza.apps.forms.api import Draft, Form, Response, code_for
from trenza.core import clock
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db

PAGES: list[dict[str, Any]] = [
    *FORM["page"],
    {
        "code": "correo",
        "title": "Tu correo",
        "when": [{"question": "has_email", "equals": True}],
        "question": [{"code": "opens", "type": "yes_no", "label": "¿Lo abres en tu teléfono?"}],
    },
]
WHO = {
    "given_name": "Juana",
    "family_name": "Quispe",
    "email": "juana@ejemplo.bo",
    "birth_date_day": str(BORN.day),
    "birth_date_month": str(BORN.month),
    "birth_date_year": str(BORN.year),
    "region": "el-alto",
}
STEPS: list[dict[str, str]] = [WHO, {"q_has_email": "yes", "q_why": "Vender"}, {"q_opens": "no"}, {"consent": "on"}]
ONCE = "0123456789ABCDEFGHJKMNPQRS"


@pytest.fixture
def call() -> Call:
    call = a_call()
    Form.objects.filter(pk=call.form_id).update(definition=FORM | {"page": PAGES})
    return call


def send(client: Any, call: Call, number: int, **more: str) -> Any:
    return client.post(address(call), {"paso": str(number), "once": ONCE} | STEPS[number - 1] | more)


def step_of(response: Any) -> tuple[int, int, int]:
    return tuple(response.context[name] for name in ("number", "position", "total"))


def test_she_goes_page_by_page_and_her_application_is_whole(client: Any, call: Call):
    page = client.get(address(call))
    assert step_of(page) == (1, 1, 4)
    assert "Página 1 de 4" in text(page)

    for number in (1, 2, 3):
        moved = send(client, call, number)
        assert (moved.status_code, moved.url) == (302, f"{address(call)}?paso={number + 1}")
        assert client.get(moved.url).status_code == 200
    sent = send(client, call, 4)

    assert sent.url == address(call, "solicitud")
    assert Response.objects.get().answers == {"has_email": True, "why": "Vender", "opens": False}
    assert Application.objects.get().person.family_name == "Quispe"
    assert list(Draft.objects.all()) == []
    assert client.cookies["draft"].value == ""


def test_a_page_that_is_not_asked_of_her_is_passed_over(client: Any, call: Call):
    send(client, call, 1)
    moved = send(client, call, 2, q_has_email="no")

    assert moved.url == f"{address(call)}?paso=4"
    assert step_of(client.get(moved.url)) == (4, 3, 3)
    assert client.post(address(call), {"paso": "4", "ir": "atras"}).url == f"{address(call)}?paso=2"
    assert send(client, call, 4).url == address(call, "solicitud")
    assert Response.objects.get().answers == {"has_email": False, "why": "Vender"}


def test_going_back_keeps_what_is_not_complete(client: Any, call: Call):
    send(client, call, 1)
    back = client.post(address(call), {"paso": "2", "q_why": "Vender más", "ir": "atras"})

    assert back.url == f"{address(call)}?paso=1"
    page = client.get(back.url)
    assert 'value="Juana"' in text(page)
    assert "card errors" not in text(page)
    assert "Vender más" in text(client.get(f"{address(call)}?paso=2"))


def test_what_is_wrong_in_a_page_is_said_there_and_kept(client: Any, call: Call):
    page = send(client, call, 1, email="juana", birth_date_month="13")

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["email", "birth_date"]
    assert 'value="juana"' in text(page)
    assert Draft.objects.count() == 1


def test_what_is_missing_before_the_end_leads_back_to_its_page(client: Any, call: Call):
    send(client, call, 1)

    page = send(client, call, 4)

    assert step_of(page) == (2, 2, 4)
    assert list(page.context["form"].errors) == ["q_has_email"]


def test_her_code_leads_to_the_same_place_on_another_phone(client: Any, call: Call):
    send(client, call, 1)
    kept = client.post(address(call), {"paso": "2", "q_why": "Vender", "ir": "guardar"})
    written = kept.context["draft"].written
    assert written in text(kept)
    another: Any = Client()

    moved = another.post(address(call, "postular/seguir"), {"code": written.lower()})

    assert moved.url == address(call)
    page = another.get(moved.url)
    assert step_of(page)[0] == 2
    assert "Vender" in text(page)
    assert "Sigues donde te quedaste." in text(another.get(f"{address(call)}?paso=1"))


@pytest.mark.parametrize("when", ["wrong", "old", "of another call", "none at all"])
def test_a_wrong_code_and_an_old_one_get_the_same_answer(client: Any, call: Call, when: str):
    code = client.post(address(call), {"paso": "1", "ir": "guardar", **WHO}).context["draft"].code
    at = address(call, "postular/seguir")
    typed = {"wrong": code_for("x"), "none at all": "¿?"}.get(when, code)
    if when == "of another call":
        Draft.objects.update(subject=a_person().pk, code="x")

    with travel(clock.now() + timedelta(days=31 if when == "old" else 0)):
        page = Client().post(at, {"code": typed})

    assert page.status_code == 200
    assert "No encontramos nada con ese código." in text(page)
    assert "draft" not in page.cookies


def test_guessing_codes_has_an_end(client: Any, call: Call):
    at = address(call, "postular/seguir")
    answers = {client.post(at, {"code": code_for(str(n))}).status_code for n in range(100)}

    assert answers == {200}
    assert client.post(at, {"code": code_for("x")}).status_code == 429


def test_a_second_tap_makes_no_second_draft(client: Any, call: Call):
    first, second = send(client, call, 1), send(Client(), call, 1)

    assert first.url == second.url
    assert first.cookies["draft"].value == second.cookies["draft"].value
    assert Draft.objects.count() == 1


def test_a_second_tap_on_sending_leads_to_the_one_application(client: Any, call: Call):
    for number in (1, 2, 3):
        send(client, call, number)
    twin: Any = Client()
    twin.cookies["draft"] = client.cookies["draft"].value

    first, second = send(client, call, 4), send(twin, call, 4)

    assert first.url == address(call, "solicitud")
    assert second.url == address(call, "solicitud")
    assert Application.objects.count() == 1


def test_a_call_that_closes_while_she_writes_keeps_what_she_wrote(client: Any, call: Call):
    send(client, call, 1)
    with travel(call.closes_at + timedelta(seconds=1)):
        page = send(client, call, 2, q_why="Casi a tiempo")

        assert page.status_code == 200
        assert "Cerró antes de que la enviaras." in text(page)
        assert page.context["draft"].written in text(page)
    assert "Casi+a+tiempo" in Draft.objects.get().typed
    assert "given_name=Juana" in Draft.objects.get().typed
    assert list(Application.objects.all()) == []


def test_a_browser_that_forgets_leaves_it_to_who_has_the_code(client: Any, call: Call):
    send(client, call, 1)

    client.post(address(call, "postular/seguir"), {"olvidar": "1"})

    assert 'value="Juana"' not in text(client.get(address(call)))
    assert Draft.objects.count() == 1


def test_begun_applications_have_limits(client: Any, call: Call):
    long = client.post(address(call), {"paso": "2", "q_why": "x" * 20_001})
    assert long.status_code == 413
    client.get(address(call))  # its form knows the browser by a cookie
    for n in range(21):
        answer = client.post(address(call), {"paso": "1", "once": f"{n}"})
        client.cookies.pop("draft", None)

    assert answer.status_code == 429


def test_a_step_is_written_once(client: Any, call: Call):
    send(client, call, 1)

    with CaptureQueriesContext(connection) as asked:
        send(client, call, 2)

    written = [each["sql"] for each in asked if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert len(written) == 1
    assert "forms_draft" in written[0]


@pytest.mark.one_engine
def test_the_last_page_asks_and_writes_so_much_and_no_more(client: Any, call: Call):
    """What a weekend in which everybody applies at once is paid with. Nothing is asked twice, or for nothing."""
    for number in (1, 2, 3):
        send(client, call, number)

    with CaptureQueriesContext(connection) as asked:
        assert send(client, call, 4).url == address(call, "solicitud")

    told = [re.sub(r'"|^\d+ times: ', "", each["sql"]) for each in asked]
    assert [" ".join(each.split()[:3]) for each in told if each.startswith(("INSERT", "UPDATE", "DELETE"))] == [
        "DELETE FROM people_attempts", "INSERT INTO people_attempts",
        "INSERT INTO people_person", "INSERT INTO people_account", "INSERT INTO people_consent",
        "INSERT INTO forms_response", "INSERT INTO admissions_application",
        "INSERT INTO admissions_eligibilityoutcome", "INSERT INTO admissions_judgement",
        "DELETE FROM forms_draft", "INSERT INTO core_entry",
        "INSERT INTO django_session", "UPDATE people_account SET", "INSERT INTO django_session",
    ]  # fmt: skip
    # Whether the call in memory is still so, her draft; where the journal stands; her account.
    read = [re.findall(r"FROM (\w+)", each)[0] for each in told if each.startswith("SELECT")]
    assert read == ["core_entry", "forms_draft", "core_entry", "people_account"]
    # In a test each transaction is a savepoint too: the count of her post, what she sent, her session. Within them,
    # what may be refused: an address that somebody has, an application that is there, a key of a session.
    assert len([each for each in told if each.startswith("SAVEPOINT")]) == 3 + 3


@pytest.mark.one_engine
@pytest.mark.django_db(transaction=True)
def test_the_last_page_waits_for_the_disk_once(client: Any, call: Call):
    """With her application; not with a count of posts or her session."""
    for number in (1, 2, 3):
        send(client, call, number)

    with CaptureQueriesContext(connection) as asked:
        send(client, call, 4)

    waits, commits = 2, []
    for each in asked:
        if found := re.match(r"PRAGMA synchronous = (\w+)", each["sql"]):
            waits = {"NORMAL": 1}.get(found[1]) or int(found[1])
        elif each["sql"] == "COMMIT":
            commits.append(waits)
    assert commits == [1, 2, 1]


@pytest.mark.parametrize("number", ["3", "7"])
def test_a_page_that_is_not_asked_of_her_takes_nothing_in(client: Any, call: Call, number: str):
    """What is sent as such a page is taken for the first that is not complete."""
    send(client, call, 1)
    send(client, call, 2, q_has_email="no")

    page = client.post(address(call), {"paso": number, "q_opens": "yes"})

    assert step_of(page) == (4, 3, 3)
    assert "q_opens" not in Draft.objects.get().typed


def test_who_signs_in_meanwhile_goes_on_with_what_is_missing(client: Any, call: Call):
    known = a_person(email="juana@ejemplo.bo")
    for number in (1, 2, 3):
        send(client, call, number)
    assert send(client, call, 4).url.startswith("/entrar/")

    sign_in(client, known)

    page = client.get(address(call))
    assert page.status_code == 200
    assert 'type="email"' not in text(page)
    assert len(Application.objects.all()) == 0


def test_a_form_on_one_page_can_be_kept_too(client: Client):
    call = a_call()
    kept = client.post(address(call), TYPED | {"ir": "guardar", "given_name": "Rosa"})
    assert "Lo que escribiste está guardado" in text(kept)

    page = client.get(address(call))

    assert 'value="Rosa"' in text(page)
    assert page.context["form"].errors == {}


@pytest.mark.parametrize("number", ["0", "9", "-1", "x", "9" * 50, ""])
def test_a_step_that_is_not_there_is_the_first_that_is_not_complete(client: Any, call: Call, number: str):
    assert step_of(client.get(address(call), {"paso": number}))[0] == 1
    assert client.post(address(call), {"paso": number} | WHO).status_code == 302
