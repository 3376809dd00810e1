"""The phone goes dark. What it had called "guardado" is on the server in the end, once; nothing is there by half."""

from collections.abc import Callable

from tests.phone.phone import Pocket
from tests.phone.server import Home, Lessons, Women, work

TAP = "() => document.querySelector('form[data-lesson] button:not([type=button])').click()"


def test_browser_killed_right_after_the_tap_keeps_the_whole_lesson_or_none_of_it(
    new_pocket: Callable[[], Pocket], woman: Women, home: Home, lessons: Lessons
):
    """Fault 1. She taps and the phone dies in the same moment, before it could say "guardado"."""
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    pocket.answer(lessons[0])
    pocket.open(lessons[1]["url"])
    pocket.ready()
    pocket.choose()
    pocket.page.evaluate(TAP)
    pocket.kill()
    pocket.start()
    pocket.open("/")
    pocket.send()
    pocket.until_sent()

    assert home.counted(rosa["person"]) in (work(1), work(2))
    assert home.office.check() == []


def test_power_cut_after_guardado_loses_nothing(
    new_pocket: Callable[[], Pocket], woman: Women, home: Home, lessons: Lessons
):
    """Fault 2. Three lessons are "guardado" while nobody can be reached; then every process is killed at once."""
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    sync = pocket.line.dead("/sync")
    for lesson in lessons[:3]:
        pocket.answer(lesson)
    assert home.counted(rosa["person"]) == {}
    pocket.kill()
    pocket.line.heal()
    pocket.start()
    pocket.open("/")
    pocket.send()
    pocket.until_sent()

    assert sync.met > 0
    assert home.counted(rosa["person"]) == work(3)
    assert pocket.kept_in("outbox") == []
