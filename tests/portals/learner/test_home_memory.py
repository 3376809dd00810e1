"""Her page from memory: after every change the very next request shows it, and nothing is asked in vain."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory

from tests.apps.admissions.examples import READY, a_call, a_minor, region_of
from tests.apps.admissions.examples import a_person as an_adult
from tests.apps.admissions.examples import a_programme as a_programme_with_calls
from tests.apps.learning.examples import a_course
from tests.apps.programmes.examples import an_enrolment, module
from tests.core.definition.examples import changed, read
from tests.portals.learner.scene import answer, browser, enrolled, first, lessons, published, rosa
from trenza.apps.admissions.api import (
    Award,
    accept_award,
    award_application,
    decline_award,
    move_to_waiting_list,
    submit_application,
    update_answers,
    withdraw_application,
)
from trenza.apps.credentials.api import Credential, revoke_credential
from trenza.apps.learning.api import find_version, publish_course
from trenza.apps.people.api import (
    Person,
    check_guardian,
    give_consent,
    grant_role,
    name_guardian,
    update_person,
    withdraw_guardian,
)
from trenza.apps.programmes.api import (
    load_definition,
    meet_requirement,
    pause_enrolment,
    return_to_enrolment,
    withdraw_enrolment,
)
from trenza.core import clock
from trenza.core.journal import work_until_done
from trenza.portals.learner import memory

pytestmark = pytest.mark.django_db

Step = tuple[str, Callable[[], object]]
DEFINITION = (
    changed(('summary = "Lo primero."', 'summary = "Lo primero."\ncompletion = 1'))
    + """
[[follows]]
code = "beca"
name = "Beca"
after = "basico"
gives = "scholarship"
summary = "Otra."

[[credential]]
code = "certificado"
track = "basico"
title = "Primeros pasos"
text = "Aprendió lo básico."
hours = 40
"""
)


def page(client: Client) -> str:
    response = client.get("/mi/")
    assert response.status_code == 200
    return response.content.decode()


def shown_at_once(client: Client, steps: Iterator[Step]) -> list[str]:
    """Walk: before each step the page is in memory, after it the next request shows what a fresh one would.

    Raises:
        AssertionError: a step that changed nothing on the page proves nothing.
    """
    walked = []
    before = page(client)
    for name, act in steps:
        assert page(client) == before, f"{name}: nothing had changed"
        act()
        after = page(client)
        memory.forget_all()
        assert after == page(client), f"{name} was shown late"
        assert after != before, f"{name} changes nothing on the page"
        before = after
        walked.append(name)
    return walked


def administrator() -> Person:
    person = rosa("Jefa")
    grant_role(person=person, role="administrator", by=None)
    return person


def learning(person: Person, by: Person) -> Iterator[Step]:
    """From enrolment to a certificate that is taken back."""
    programme = load_definition(definition=read(DEFINITION))
    yield "enrolled", lambda: an_enrolment(programme, person=person, region="el-alto")
    enrolment = person.enrolments.get()
    yield "course published", published
    yield "new version of the course", lambda: published(lessons=3)
    begin, *_ = lessons(find_version("uno"))  # type: ignore[arg-type]
    yield "lesson done", lambda: answer(browser(person), begin)
    yield "course published for all", lambda: publish_course(course=a_course("extra"), by=None, optional=True)
    extra = first(publish_course(course=a_course("extra"), by=None, optional=True))
    yield "optional lesson done", lambda: answer(browser(person), extra)
    yield "name changed", lambda: update_person(person=person, given_name="Rosita", by=person)
    yield "moved to another country", lambda: update_person(person=person, country="VE", by=person)
    yield "consent given", lambda: give_consent(person=person, text="data-use", version=1, by=person)
    renamed = read(DEFINITION.replace('name = "Básico"', 'name = "Lo básico"'))
    yield "definition changed", lambda: load_definition(definition=renamed)
    tomorrow = clock.now().date() + timedelta(days=1)
    yield "rests", lambda: pause_enrolment(enrolment=enrolment, until=tomorrow, by=person)
    yield "returned", lambda: return_to_enrolment(enrolment=enrolment, by=person)
    yield "left", lambda: withdraw_enrolment(enrolment=enrolment, by=person)
    yield "came back", lambda: return_to_enrolment(enrolment=enrolment, by=person)
    yield (
        "module met and track completed",
        lambda: meet_requirement(enrolment=enrolment, module=module(enrolment, "uno")),
    )
    yield "certificate issued by the worker", work_until_done
    mistake = Credential.RevocationReason.MISTAKE
    held = Credential.objects.get()
    yield "certificate taken back", lambda: revoke_credential(credential=held, reason=mistake, by=by)


def applying(person: Person, by: Person) -> Iterator[Step]:
    """From applications to places."""
    programme = a_programme_with_calls()
    calls = [a_call(programme, code) for code in ("una", "dos", "tres", "cuatro")]

    def apply(n: int, **answers: Any) -> Any:
        return submit_application(
            call=calls[n], person=person, region=region_of(calls[n]), answers=READY | answers, by=person
        )

    yield "applied with something missing", lambda: apply(0, has_email=False)
    application = person.applications.get()
    yield "completed what was missing", lambda: update_answers(application=application, answers=READY, by=person)
    application.refresh_from_db()
    yield "put on the waiting list", lambda: move_to_waiting_list(applications=[application], by=by)
    application.refresh_from_db()
    yield "got a place", lambda: award_application(application=application, by=None)
    yield "took it", lambda: accept_award(award=Award.objects.get(), by=person)
    yield "applied elsewhere", lambda: apply(1)
    other = person.applications.get(call=calls[1])
    yield "got another place", lambda: award_application(application=other, by=None)
    yield "left it to another", lambda: decline_award(award=Award.objects.get(application=other), by=person)
    yield "applied a third time", lambda: apply(2)
    third = person.applications.get(call=calls[2])
    yield "took it back", lambda: withdraw_application(application=third, by=person)


def guarded(person: Person, by: Person) -> Iterator[Step]:
    """A minor, whose application waits for an adult."""
    call = a_call()
    yield (
        "applied as a minor",
        lambda: submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person),
    )
    held = name_guardian(person=person, name="Lucía", relation="mother", phone="71234567", by=person)

    def check() -> None:
        check_guardian(guardianship=held, how="video_call", by=by)
        work_until_done()

    def withdraw() -> None:
        withdraw_guardian(guardianship=held, by=by)
        work_until_done()

    yield "her guardian was checked", check
    yield "her guardian took it back", withdraw


def test_everything_of_her_learning_is_shown_at_once():
    person = rosa()

    assert len(shown_at_once(browser(person), learning(person, administrator()))) == 17


def test_everything_of_her_applications_is_shown_at_once():
    person = an_adult()

    assert len(shown_at_once(browser(person), applying(person, administrator()))) == 10


def test_everything_of_a_minor_is_shown_at_once():
    person = a_minor()

    assert len(shown_at_once(browser(person), guarded(person, administrator()))) == 3


def test_rest_is_over_with_its_day_although_nothing_was_written():
    published()
    enrolment = enrolled()
    client = browser(enrolment.person)
    pause_enrolment(enrolment=enrolment, until=clock.now().date() + timedelta(days=1), by=enrolment.person)
    assert "Estás descansando" in page(client)

    with clock.travel(clock.now() + timedelta(days=2)):
        assert "Estás descansando" not in page(client)


def test_what_another_process_wrote_is_shown_because_each_asks_the_journal():
    """A process knows nothing of what others did: only the database can tell it."""
    published()
    person = enrolled().person
    client = browser(person)
    page(client)
    others = dict(memory._kept)

    update_person(person=person, given_name="Rosita", by=person)
    page(client)
    memory._kept.clear()
    memory._kept.update(others)  # as the memory of a process that served her only before

    assert "Hola, Rosita" in page(client)


def test_page_that_changed_while_it_was_made_is_made_again(monkeypatch):
    person = rosa()
    client = browser(person)
    whole = gzip.compress

    def compress_late(data: bytes, level: int, *, mtime: int) -> bytes:
        monkeypatch.setattr(gzip, "compress", whole)
        update_person(person=person, given_name="Rosita", by=person)  # after it was rendered, before it is kept
        return whole(data, level, mtime=mtime)

    monkeypatch.setattr(gzip, "compress", compress_late)
    assert "Hola, Rosa" in page(client)

    assert "Hola, Rosita" in page(client)


def test_page_in_memory_costs_three_questions(django_assert_num_queries):
    """Her session, her account with herself, and where the journal stands."""
    published()
    client = browser(enrolled().person)
    page(client)

    with django_assert_num_queries(3):
        page(client)


def test_page_of_one_is_never_sent_to_another():
    published()
    ana, rosas = browser(enrolled(rosa("Ana")).person), browser(rosa("Rosa"))
    page(ana), page(rosas)

    assert "Hola, Ana" in page(ana)
    assert "Hola, Rosa" in page(rosas)
    assert Client().get("/mi/").status_code == 302


def test_page_goes_with_her_session_and_her_account():
    person = rosa()
    client = browser(person)
    page(client)

    person.accounts.update(is_active=False)

    assert client.get("/mi/").status_code == 302


def test_page_follows_language_and_look():
    client = browser(rosa())
    assert "Hola, Rosa" in page(client)

    client.cookies["language"] = "en"
    assert "Hello, Rosa" in page(client)
    client.cookies["look"] = "notas"
    assert "<title>My notes</title>" in page(client)
    del client.cookies["look"]
    assert "Hello, Rosa" in page(client)
    client.cookies["language"] = "es"
    assert "Hola, Rosa" in page(client)


def test_page_with_a_message_or_a_query_is_made_for_this_once():
    person = rosa()
    client = browser(person)
    plain = page(client)

    assert 'name="next" value="/mi/?a=1"' in client.get("/mi/?a=1").content.decode()
    assert page(client) == plain
    client.cookies["messages"] = message_cookie()
    assert "Te esperamos" in page(client)
    del client.cookies["messages"]
    assert page(client) == plain


def message_cookie() -> str:
    return str(CookieStorage(RequestFactory().get("/"))._encode([Message(25, "Te esperamos")]))  # type: ignore[attr-defined]


def test_page_in_memory_is_kept_by_no_browser_and_is_small_on_the_wire():
    client = browser(rosa())
    plain = page(client)

    for _ in range(2):
        response = client.get("/mi/", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(response.content).decode() == plain
        assert response["Content-Encoding"] == "gzip"
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert response["Content-Security-Policy"]
    assert client.get("/mi/", headers={"Accept-Encoding": "identity"}).content.decode() == plain
    assert "Content-Encoding" not in client.get("/mi/").headers


def test_memory_has_an_end(monkeypatch):
    people = [browser(rosa(name)) for name in ("Ana", "Bea", "Caro")]
    page(people[0])
    monkeypatch.setattr(memory, "ROOM", 2 * memory._used + 100)

    for client in people:
        page(client)

    assert len(memory._kept) == 2
    assert memory._used == sum(len(each.packed) for each in memory._kept.values()) <= memory.ROOM
