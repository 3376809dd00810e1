"""She did it here and there, or the team changed something meanwhile: all of it is kept, and the best counts."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.phone.phone import Phone
from tests.phone.server import Home, Lessons, Women, work


def test_lesson_answered_on_two_phones_keeps_both_and_counts_the_best(
    new_phone: Callable[[], Phone], woman: Women, home: Home, lessons: Lessons
):
    """Fault 6. Right on the one, wrong on the other, delivered in either order."""
    rosa = woman()
    right, wrong = new_phone(), new_phone()
    devices = set()
    for phone, choice in ((right, 1), (wrong, 0)):
        devices.add(phone.begin(home.again(rosa))["device"])
        phone.line.dead("/sync")
        phone.answer(lessons[0], choice)
    for phone in (right, wrong):
        phone.line.heal()
        phone.send()
        phone.until_sent()

    assert home.counted(rosa["person"]) == work(2)
    assert {entry.device for entry in home.entries(rosa["person"])} == devices
    assert home.scores(rosa["person"], lessons[0]) == {f"p{n}": (2, 1.0) for n in range(3)}


def test_attempt_that_the_server_has_finished_meanwhile_is_kept_beside_it(
    new_phone: Callable[..., Phone], woman: Women, home: Home, lessons: Lessons
):
    """Fault 7. Wrong and waiting on her phone; finished and right by form on another; then the phone delivers."""
    rosa, phone = woman(), new_phone()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0], 0)
    elsewhere = new_phone(java_script_enabled=False)
    elsewhere.sign_in(home.again(rosa))
    elsewhere.answer_by_form(lessons[0])
    assert home.counted(rosa["person"]) == work(1)
    before = home.done(rosa["person"])
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(2)
    assert home.done(rosa["person"]) <= before
    assert home.scores(rosa["person"], lessons[0]) == {f"p{n}": (2, 1.0) for n in range(3)}


def test_exam_that_the_server_has_graded_meanwhile_is_kept_beside_it(
    new_phone: Callable[..., Phone], woman: Women, home: Home
):
    """Fault 7, an exam. Failed and waiting on her phone, passed by form elsewhere: two attempts, and she has passed."""
    *_, exam = home.office.programme(code="siete", lessons=1, exam=True)["lessons"]
    rosa, phone, elsewhere = woman(programme="siete"), new_phone(), new_phone(java_script_enabled=False)
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(exam, 0)
    elsewhere.sign_in(home.again(rosa))
    elsewhere.answer_by_form(exam)
    assert home.exam(rosa["person"], exam) == (1, 1.0, True)
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == {"exam_submitted": 2}
    assert home.exam(rosa["person"], exam) == (2, 1.0, True)


def test_question_removed_meanwhile_is_graded_as_she_saw_it(phone: Phone, woman: Women, home: Home):
    """Fault 8. The course is published anew, with one question fewer, while her answers wait."""
    old = home.office.programme(code="ocho", lessons=1, questions=3)["lessons"][0]
    rosa = woman(programme="ocho")
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(old)
    new = home.office.course(code="ocho", lessons=1, questions=3, edition=1)["lessons"][0]
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert new["id"] != old["id"]
    assert home.counted(rosa["person"]) == work(1)
    assert home.scores(rosa["person"], old) == {f"p{n}": (1, 1.0) for n in range(3)}
    assert home.scores(rosa["person"], new) == {}


def test_access_revoked_while_offline_holds_her_work_for_somebody_to_look_at(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 28. What she did is with us, held, and counts for nothing yet; the phone tells her whom to talk to."""
    rosa = woman()
    profile = phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    home.office.revoke(person=rosa["person"])
    phone.line.heal()
    phone.tap_send()
    phone.until_sent()
    expect(phone.page.get_by_text("Tu acceso en este teléfono terminó: habla con tu formadora.")).to_be_visible()

    assert home.counted(rosa["person"]) == {}
    assert [state for state, _ in home.set_aside(profile["device"])] == ["held"] * 4
