"""A lesson handed in on a phone with a profile: kept first, then sent, and each said when it is true."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.apps.learning.content import kinds
from tests.portals.field import sample
from tests.portals.field.phone.conftest import cut, holds_back, load, lost, profile, secret_of, unlock
from tests.portals.field.phone.people import PINS, Door, register
from trenza.apps.learning.api import Asked
from trenza.core import sealing

RESULT = "form > div[tabindex]"
AGAIN = "Enviado. Para terminar la lección, vuelve a intentar las que no estaban bien."


@pytest.fixture
def lesson(page: Page) -> Page:
    page.goto(sample.LESSON)
    page.evaluate(f"async () => {load('phone.js')}.ready")  # a page waits two seconds for what keeps, and no longer
    return page


def choose(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_label(text, exact=False).check()


def answer(page: Page, *, right: bool = True) -> None:
    choose(page, "tren-papaya" if right else "rosa2024", "Una contraseña distinta", "La verificación")
    choose(page, "Falso" if right else "Verdadero")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Revisar y terminar").click()


def opened(sync) -> list[list[Any]]:
    """The acts that arrived, without their time."""
    acts = []
    for body in sync.bodies:
        for device, sessions in body["sealed"]:
            for session, records in sessions:
                for sequence, count, sealed in records:
                    record = sealing.Record(UUID(bytes=device), session, sequence, count, sealed)
                    acts.append([*msgspec.msgpack.decode(sealing.open_record(record, secret=secret_of()))[1:], count])
    return acts


def test_lesson_is_kept_and_then_sent(lesson, sync):
    sync.always = cut
    answer(lesson)
    hand_in(lesson)

    result = lesson.locator(RESULT)
    expect(result).to_contain_text("Guardado en tu teléfono.")
    expect(result.get_by_role("link", name="Seguir")).to_have_attribute("href", "/hoy/")
    expect(lesson.locator(".sends")).to_contain_text("1 respuesta por enviar")

    holds_back(lesson)
    sync.always = None
    lesson.get_by_role("button", name="Enviar ahora").click()
    expect(result).to_contain_text("Enviado.")
    expect(lesson.locator(".sends [role=status]")).to_have_text("Todo enviado")
    assert opened(sync)[-1] == ["l", [bytes.fromhex(sample.LESSON_ID), [[1], [0, 2], [1]], True], 4]
    assert sample.POSTED == []


def test_lesson_that_is_not_done_yet_says_so_and_leads_nowhere(lesson):
    answer(lesson, right=False)
    hand_in(lesson)

    expect(lesson.locator(RESULT)).to_have_text(AGAIN)
    expect(lesson.locator(RESULT).get_by_role("link")).to_have_count(0)


def test_lesson_says_nothing_of_sent_while_the_answer_is_lost(lesson, sync):
    sync.always = lost
    answer(lesson)
    hand_in(lesson)

    expect(lesson.locator(RESULT)).to_contain_text("Guardado en tu teléfono.")
    lesson.wait_for_timeout(300)
    expect(lesson.locator(RESULT)).not_to_contain_text("Enviado")


def test_exam_is_not_marked_on_the_phone_and_waits_for_its_result(page, sync):
    page.goto(sample.EXAM)
    page.evaluate(f"async () => {load('phone.js')}.ready")
    expect(page.get_by_role("button", name="Revisar", exact=True)).to_have_count(0)
    answer(page, right=False)
    sync.always = cut
    hand_in(page)

    expect(page.locator(RESULT)).to_contain_text("Está por calificar")
    expect(page.locator(".ok, .no")).to_have_count(0)
    holds_back(page)
    sync.always = None
    facts = {"id": sample.LESSON_ID, "counts": True, "exam": True, "score": 0.9}
    sync.state = {"digest": "b", "courses": [{"lessons": [facts]}]}
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.locator("#known")).to_have_text("Aprobaste: 90 %.")
    assert opened(sync)[-1] == ["x", [bytes.fromhex(sample.LESSON_ID), [[0], [0, 2], [0]]], 1]


def answer_each_kind(page: Page) -> None:
    steps, pairs = page.locator("[data-q=steps]"), page.locator("[data-q=pairs]")
    for number, words in enumerate(["Touch", "Open the app", "Write"], start=1):
        steps.get_by_label(words).select_option(str(number))
    pairs.get_by_label("Wi-Fi").select_option("Internet that costs nothing")
    pairs.get_by_label("Mobile data").select_option("Calls & SMS")
    page.locator("[name='q.profit']").fill("60 Bs")
    page.locator("[name='q.word']").fill("mi clave es rosa1990")


@pytest.mark.parametrize("exam", [False, True])
def test_questions_beyond_choices_are_kept_and_sent_as_what_they_meet(page, sync, exam):
    """In a lesson no word that she wrote leaves the phone; in an exam it does sealed: the server alone can grade it."""
    page.goto(sample.KINDS_EXAM if exam else sample.KINDS)
    page.evaluate(f"async () => {load('phone.js')}.ready")
    answer_each_kind(page)
    if not exam:
        page.get_by_role("link", name="I touch the link").click()
        page.get_by_role("link", name="I write it").click()
    page.get_by_role("button", name="Entregar" if exam else "Revisar y terminar").click()

    expect(page.locator(RESULT)).to_contain_text("Enviado.")
    course = kinds.a_course(kinds.IN_EXAMS if exam else kinds.ALL, exam=exam)
    asked = [Asked.of(question, exam=exam) for question in course.lessons[0].questions]
    [code, [_, sent, *_], _] = opened(sync)[-1]
    assert code == ("x" if exam else "l")
    kept = [question.sent(given) for question, given in zip(asked, sent, strict=True)]
    assert kept == [[2, 0, 1], [0, 2], [1], [3], *([] if exam else [[2]])]
    assert ("rosa1990" in repr(sent)) is exam


def test_lesson_that_she_has_done_says_so_on_her_next_visit(lesson):
    answer(lesson)
    hand_in(lesson)
    expect(lesson.locator(RESULT)).to_contain_text("Enviado.")

    lesson.evaluate(
        f"async (told) => {load('people.js')}.keepState(...told)",
        [profile()["profile"], {"digest": "a", "courses": [{"lessons": [{"id": sample.LESSON_ID, "counts": True}]}]}],
    )
    lesson.reload()

    expect(lesson.locator("#known")).to_have_text("Ya la hiciste. Puedes repetirla cuando quieras.")


def test_lesson_that_cannot_be_kept_is_posted_as_ever(lesson):
    lesson.evaluate(f"async () => {load('phone.js')}.ready")
    full = "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }"
    lesson.evaluate(f"() => {{ {full} }}")
    answer(lesson)
    hand_in(lesson)

    expect(lesson.locator(RESULT)).to_be_visible()
    assert sample.POSTED == [{"q.fuerte": ["1"], "q.cuidar": ["0", "2"], "q.chat": ["1"]}]


def no_worker(page: Page) -> None:
    """From here on none answers: what the page before registered goes, and this one registers nothing."""
    refuse = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('none'))"
    page.add_init_script(refuse)
    page.evaluate(
        f"""async () => {{
            {refuse};
            for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
        }}"""
    )


@pytest.mark.parametrize("absent", ["indexedDB", "modules"])
def test_lesson_on_a_phone_that_keeps_nothing_is_posted_as_ever(page, absent):
    if absent == "modules":
        no_worker(page)  # it might bring them nevertheless
        page.route("**/app/**", lambda route: route.abort())
    else:
        page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page.goto(sample.LESSON)
    answer(page)
    hand_in(page)

    expect(page.locator(RESULT)).to_be_visible()
    assert len(sample.POSTED) == 1


def test_lesson_does_not_wait_long_for_modules_that_stall(page):
    page.goto("/")
    page.route("**/acts.js", lambda route: None)
    page.goto(sample.LESSON, wait_until="commit")
    answer(page)
    hand_in(page)

    expect(page.locator(RESULT)).to_be_visible(timeout=4_000)
    assert len(sample.POSTED) == 1


def test_draft_survives_a_reload_and_ends_when_it_is_handed_in(lesson):
    answer(lesson)
    lesson.reload()
    expect(lesson.get_by_label("tren-papaya")).to_be_checked()
    expect(lesson.get_by_label("La verificación")).to_be_checked()

    hand_in(lesson)
    expect(lesson.locator(RESULT)).to_contain_text("Enviado.")
    lesson.reload()
    expect(lesson.locator(":checked")).to_have_count(0)


def test_draft_is_not_shown_to_another_person(lesson):
    answer(lesson)
    unlock(lesson, 2)

    # Neither on the page that is open nor after a reload.
    expect(lesson.locator(":checked")).to_have_count(0)
    lesson.reload()
    expect(lesson.locator(":checked")).to_have_count(0)
    assert profile(2)["profile"] in lesson.evaluate("document.cookie")


@pytest.fixture
def locked(phone_context: BrowserContext) -> Page:
    """The lesson on Ana's phone, whose space is locked."""
    page = phone_context.new_page()
    page.goto("/")
    register(page, Door(phone_context), "Ana")
    page.evaluate(f"async () => {load('people.js')}.lock()")
    page.goto(sample.LESSON)
    page.evaluate(f"async () => {load('phone.js')}.ready")
    return page


def test_lesson_asks_whose_work_it_is_where_every_space_is_locked(locked, sync):
    sync.always = cut
    answer(locked)
    hand_in(locked)

    dialog = locked.get_by_role("dialog", name="¿Quién eres?")
    dialog.get_by_role("button", name="Ana").click()
    locked.get_by_role("textbox", name="Tu PIN").fill(PINS["Ana"])
    locked.get_by_role("button", name="Abrir mi espacio").click()

    expect(locked.locator(RESULT)).to_contain_text("Guardado en tu teléfono.")
    assert sample.POSTED == []


def test_lesson_of_somebody_who_has_no_space_here_goes_by_the_form(locked, monkeypatch):
    monkeypatch.setitem(sample.ANSWER, "body", {"saved": False, "signed_in": False, "next": "/entrar/"})
    answer(locked)
    hand_in(locked)

    locked.get_by_role("dialog").get_by_role("button", name="Otra persona").click()

    expect(locked.locator(RESULT)).to_contain_text("Para guardar tu avance, entra.")
    assert len(sample.POSTED) == 1
