"""What the fault tests stand on: the server is real, a phone that was killed has its storage, the clock is set."""

from collections.abc import Callable

from tests.phone.phone import Phone, Pocket
from tests.phone.server import Home, Lessons, Women

KEEP = """async () => {
  const cache = await caches.open("kept");
  await cache.put("/kept", new Response("yes"));
}"""
KEPT = "async () => (await (await caches.match('/kept'))?.text()) || ''"


def test_woman_of_the_office_is_signed_in_and_answers(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    rosa = woman("Rosa")
    phone.sign_in(rosa)
    phone.open(lessons[0]["url"])
    phone.choose(1)
    phone.finish()
    phone.until(lambda: home.entries(rosa["person"]))

    assert home.counted(rosa["person"]) == {"question_answered": 3, "lesson_completed": 1}


def test_pocket_that_was_killed_has_its_storage(new_pocket: Callable[[], Pocket]):
    pocket = new_pocket()
    pocket.open("/")
    pocket.page.evaluate(KEEP)
    pocket.kill()
    pocket.start()
    pocket.open("/")

    assert pocket.page.evaluate(KEPT) == "yes"


def test_storage_that_is_cleared_is_gone(phone: Phone):
    phone.open("/")
    phone.page.evaluate(KEEP)
    phone.clear("cache_storage")

    assert phone.page.evaluate(KEPT) == ""
