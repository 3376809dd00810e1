"""What a phone does to what it was given to keep: it is full, it throws things away, a download is cut."""

import pytest
from playwright.sync_api import expect

from tests.phone import faults as bad
from tests.phone.phone import PIN, STORAGE, Phone
from tests.phone.server import Facts, Home, Lessons, Women, work


def fetched(phone: Phone) -> list[str]:
    """The files of the pack that the server has sent so far, each as often as it did."""
    return [each.path for each in phone.line.asked("/archivos/") if each.server == 200]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_download_that_is_cut_goes_on_where_it_was(phone: Phone, woman: Women, heavy: Facts, share: float):
    """Fault 17. Cut at 10, 50 and 99 % of its bytes; then it goes on, and at most one piece comes again."""
    phone.begin(woman(programme="pesado"))
    phone.open("/cursos/pesado/")
    budget = bad.budget(int(share * heavy["bytes"]))
    phone.line.fault("/archivos/", budget)
    assert phone.download(heavy) == {"state": "stopped", "reason": "cut"}
    assert phone.kept_in("packs") == []
    phone.line.heal()
    assert phone.download(heavy) == {"state": "whole", "reason": ""}
    phone.worker_ready()

    files = fetched(phone)
    assert len(set(files)) == heavy["files"] > 5
    assert len(files) - len(set(files)) <= 1
    phone.line.up = False
    phone.open(heavy["lessons"][-1]["url"])
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()


def test_full_phone_stops_the_download_says_so_and_goes_on_when_there_is_room(
    phone: Phone, woman: Women, home: Home, heavy: Facts
):
    """Fault 14. The room runs out in the middle; what she does goes on, and later only what is missing is fetched."""
    rosa = woman(programme="pesado")
    phone.begin(rosa)
    gate = bad.Gate()
    third = phone.line.fault("/archivos/", gate, times=1, spare=2)
    phone.open("/cursos/pesado/")
    phone.page.get_by_role("button", name="Descargar").click()
    phone.until(lambda: third.met)
    phone.room(1_000)
    gate.open()
    expect(phone.page.get_by_text("Ya no hay espacio en tu teléfono.")).to_be_visible()
    assert phone.kept_in("packs") == []
    lesson = heavy["lessons"][0]
    phone.open(lesson["url"])
    phone.ready()
    phone.choose()
    phone.finish()
    phone.until(lambda: home.counted(rosa["person"]) == work(1))
    phone.room(None)
    before = len(fetched(phone))
    assert phone.download(heavy) == {"state": "whole", "reason": ""}

    assert len(fetched(phone)) - before < heavy["files"]
    assert home.counted(rosa["person"]) == work(1)


def test_phone_whose_storage_was_taken_has_her_progress_from_the_server_and_says_what_is_lost(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 15. One lesson had arrived, one had not: the first is there again, of the second she is told."""
    rosa = woman()
    phone.begin(rosa)
    phone.answer(lessons[0])
    phone.until_sent()
    phone.line.dead("/sync")
    phone.answer(lessons[1])
    phone.page.goto("about:blank")  # a system takes what no page has open
    phone.clear(STORAGE)
    phone.line.heal()
    phone.open("/telefono/")
    expect(phone.page.locator("#said")).to_contain_text("se perdió 1 respuesta que no se había enviado")
    phone.begin(home.again(rosa))
    phone.send()

    assert phone.counts() == [True, False, False, False]
    assert home.counted(rosa["person"]) == work(1)
    phone.answer(lessons[1])
    phone.until_sent()
    assert home.counted(rosa["person"]) == work(2)


def test_phone_that_was_away_for_eight_days_begins_again_with_what_the_server_knows(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 16. Safari removes what scripts stored, and their cookies. She comes in by a code, and is where she was."""
    rosa = woman()
    phone.begin(rosa)
    phone.answer(lessons[0])
    phone.until_sent()
    phone.forget_scripts_cookies()
    phone.clear(STORAGE)
    phone.open("/mi/")
    phone.sign_in_by_mail(rosa, home)
    expect(phone.page.get_by_role("heading", name=f"Hola, {rosa['name']}")).to_be_visible()
    phone.call("people.js", "register", PIN)
    phone.send()
    assert phone.counts() == [True, False, False, False]
    phone.answer(lessons[1])
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(2)
