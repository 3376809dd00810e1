"""A browser that lacks something: what she does arrives all the same, once."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.phone.phone import Phone
from tests.phone.server import Home, Lessons, Women, work

# What a private window of an old Firefox says.
PRIVATE = """Object.defineProperty(self, "indexedDB", {
  get: () => ({ open: () => { throw new DOMException("refused", "InvalidStateError"); }, databases: async () => [] })
});"""


def test_browser_without_a_worker_keeps_and_sends(
    new_phone: Callable[..., Phone], woman: Women, home: Home, lessons: Lessons
):
    """Fault 25, no service worker. The outbox asks for none."""
    rosa, phone = woman(), new_phone(service_workers="block")
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(1)


def test_private_window_posts_as_ever(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    """Fault 25, a private window that refuses the database. Nothing is promised that cannot be kept."""
    rosa = woman()
    phone.context.add_init_script(PRIVATE)
    phone.sign_in(rosa)
    phone.open(lessons[0]["url"])
    phone.ready()
    phone.choose()
    phone.finish()
    phone.until(lambda: home.entries(rosa["person"]))
    expect(phone.page.get_by_text("guardad", exact=False).first).to_be_visible()

    assert home.counted(rosa["person"]) == work(1)
    assert phone.complaints == []


def test_lesson_without_scripts_is_handed_in_by_form(
    new_phone: Callable[..., Phone], woman: Women, home: Home, lessons: Lessons
):
    """Fault 25, no JavaScript. The form posts and the server grades."""
    rosa, phone = woman(), new_phone(java_script_enabled=False)
    phone.sign_in(rosa)
    phone.answer_by_form(lessons[0])
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()

    assert home.counted(rosa["person"]) == work(1)
