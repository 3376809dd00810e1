"""What stands between her and the server spoils bytes, answers in its place, or says nothing for a long time."""

import time

import pytest
from playwright.sync_api import expect

from tests.phone import faults as bad
from tests.phone.phone import Phone
from tests.phone.server import Facts, Home, Lessons, Women, work

CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts.join("");
}"""


@pytest.mark.parametrize("fault", [bad.alter, bad.truncate], ids=["altered", "truncated"])
def test_piece_that_arrives_spoilt_is_asked_for_again_and_never_kept(
    phone: Phone, woman: Women, small: Facts, fault: bad.Fault
):
    """Fault 18, a course. It is asked for twice; spoilt twice, the download stops; later it goes on, past the cache."""
    phone.begin(woman(programme="chico"))
    spoilt = phone.line.fault("/archivos/", fault)
    ended = phone.download(small)
    assert (ended["state"], spoilt.met) == ("stopped", 2)
    assert phone.kept_in("packs") == []
    phone.line.heal()

    assert phone.download(small) == {"state": "whole", "reason": ""}


@pytest.mark.parametrize(
    "fault", [bad.alter, bad.truncate, bad.alter_upload], ids=["answer altered", "answer truncated", "upload altered"]
)
def test_work_whose_way_is_spoilt_arrives_once(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, fault: bad.Fault
):
    """Fault 18, her work. What cannot be read, or was changed, acknowledges nothing and condemns nothing."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    for lesson in lessons[:2]:
        phone.answer(lesson)
    phone.line.heal()
    spoilt = phone.line.fault("/sync", fault, times=1)
    phone.send()
    assert spoilt.met == 1
    phone.send()
    phone.until_sent()

    assert phone.kept_in("outbox") == []
    assert home.counted(rosa["person"]) == work(2)


def test_captive_portal_is_neither_kept_nor_taken_for_an_acknowledgement(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, small: Facts
):
    """Fault 19. The Wi-Fi of a café answers 200 with its own page to everything."""
    rosa = woman()
    phone.begin(rosa)
    phone.open(lessons[0]["url"])
    phone.worker_ready()
    phone.open(lessons[0]["url"])
    phone.ready()
    phone.line.fault("/", bad.portal)
    phone.choose()
    phone.finish()
    phone.kept()
    phone.send()
    assert phone.waiting() == 1
    assert phone.download(small) == {"state": "stopped", "reason": "portal"}
    phone.open(lessons[0]["url"])
    expect(phone.page.locator("form[data-lesson]")).to_be_visible()
    phone.page.goto(phone.line.url + lessons[1]["url"])
    phone.line.heal()
    phone.open(lessons[1]["url"])
    expect(phone.page.locator("form[data-lesson]")).to_be_visible()
    phone.send()
    phone.until_sent()

    assert "Bienvenida: acepta" not in phone.page.evaluate(CACHED)
    assert home.counted(rosa["person"]) == work(1)


def test_line_that_stalls_does_not_keep_a_lesson_from_her(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    """Fault 20. Nothing moves for 20 s: a lesson that is here opens in 3 s, and what she does is kept at once."""
    rosa = woman()
    phone.begin(rosa)
    phone.open(lessons[0]["url"])
    phone.worker_ready()
    phone.open(lessons[0]["url"])
    phone.line.fault("/", phone.line.stall(20))
    began = time.monotonic()
    phone.open(lessons[0]["url"])
    expect(phone.page.locator("form[data-lesson]")).to_be_visible()
    opened = time.monotonic() - began
    phone.choose()
    phone.finish()
    phone.kept()

    assert opened < 3
    assert time.monotonic() - began < 6
    assert phone.waiting() == 1
    phone.line.heal()
    phone.open(lessons[0]["url"])
    phone.send()
    phone.until_sent()
    assert home.counted(rosa["person"]) == work(1)
