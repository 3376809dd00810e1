"""Who holds the phone: her work stays hers, and it arrives, whoever is in front of it."""

from playwright.sync_api import expect

from tests.phone.phone import PIN, Phone
from tests.phone.server import Home, Lessons, Women, work


def test_session_that_ran_out_keeps_the_queue_and_opens_again_in_place(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 11. While her space is open her token opens the session; else the code does. What waits, waits."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    greeting = phone.page.get_by_role("heading", name=f"Hola, {rosa['name']}")
    home.office.end_sessions(person=rosa["person"])
    phone.open("/mi/")
    expect(greeting).to_be_visible()
    assert phone.waiting() == 1
    phone.lock()
    phone.page.wait_for_url("**/telefono/")
    phone.open("/mi/")
    phone.sign_in_by_mail(rosa, home)
    expect(greeting).to_be_visible()
    assert phone.waiting() == 1
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(1)


def test_second_woman_delivers_for_the_first_and_neither_is_taken_for_the_other(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 12. Ana leaves with work that waits; Berta comes in, learns and sends. Each finds hers, once."""
    ana, berta = woman("Ana"), woman("Berta")
    phone.begin(ana)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    phone.lock()
    assert phone.waiting() == 1
    phone.begin(berta, pin="7413")
    phone.answer(lessons[1], 0)
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert [home.counted(each["person"]) for each in (ana, berta)] == [work(1), work(1)]
    assert home.scores(ana["person"], lessons[0]) == {f"p{n}": (1, 1.0) for n in range(3)}
    assert home.scores(berta["person"], lessons[0]) == {}


def test_leaving_with_work_that_waits_warns_and_keeps_it(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    """Fault 13. The phone says what waits before she leaves it; it stays, sealed, and goes when it can."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    phone.open("/telefono/")
    phone.page.get_by_role("button", name="Quitar mi espacio de este teléfono").click()
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Todavía falta enviar 1 respuesta tuya.")
    dialog.get_by_role("button", name="Sí").click()
    expect(dialog).to_have_count(0)
    assert phone.waiting() == 1
    assert rosa["name"] not in str(phone.kept_in("people"))
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(1)
    assert PIN not in phone.page.content()


def test_lesson_done_before_signing_in_waits_for_her_tap_in_its_tab_alone(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Whoever signs in need not be who answered: it stands there again, and nothing is sent by itself."""
    rosa = woman()
    phone.open(lessons[0]["url"])
    phone.ready()
    phone.choose()
    phone.finish()
    phone.page.locator("form[data-lesson] a", has_text="Entrar").click()
    phone.sign_in_by_mail(rosa, home)
    phone.page.wait_for_url(f"**{lessons[0]['url']}")
    expect(phone.page.locator("[data-q] :checked")).to_have_count(3)
    other = phone.tab()
    other.goto(phone.page.url)
    phone.ready(other)
    expect(other.locator("[data-q] :checked")).to_have_count(0)
    assert home.counted(rosa["person"]) == {}
    phone.finish()
    phone.until(lambda: home.entries(rosa["person"]))

    assert home.counted(rosa["person"]) == work(1)
