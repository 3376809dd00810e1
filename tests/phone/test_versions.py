"""Another version comes while she is in the middle of a lesson: nothing mixes, and nothing is lost."""

from playwright.sync_api import Page, expect

from tests.phone import faults as bad
from tests.phone.phone import Phone
from tests.phone.server import Home, Lessons, Women, work

# A tab of long ago, that does not let go of the database whoever asks.
HOLD = """() => new Promise((resolve) => {
  const request = indexedDB.open("trenza");
  request.onsuccess = () => resolve(void (window.held = request.result));
})"""

VERSIONS = "async () => (await indexedDB.databases()).map((each) => each.version)"
UPGRADE = r"onupgradeneeded\s*=\s*\(\)\s*=>\s*{"


def versions(page: Page) -> tuple[str, str]:
    """Of the shell and of the modules of the page that is open."""
    shell, phone = page.evaluate("[document.documentElement.dataset.shell, document.documentElement.dataset.phone]")
    return shell, phone.split("/")[2]


def test_deploy_during_a_lesson_loses_no_answer_and_mixes_no_version(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, next_server: str
):
    """Fault 21. She chose her answers in one version, hands them in when the server has another, and goes on."""
    rosa = woman()
    phone.begin(rosa)
    phone.open(lessons[0]["url"])
    phone.ready()
    before = versions(phone.page)
    phone.choose()
    phone.line.upstream = next_server
    phone.finish()
    phone.kept()
    phone.until_sent()
    phone.open(lessons[1]["url"])
    phone.ready()
    after = versions(phone.page)
    mark = len(phone.line.seen)
    phone.choose()
    phone.finish()
    phone.kept()
    phone.until_sent()

    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True]
    modules = [each.path for each in phone.line.seen[mark:] if each.path.startswith("/app/")]
    assert {path.split("/")[2] for path in modules if path.endswith(".js")} <= {after[1]}
    assert home.counted(rosa["person"]) == work(2)


def test_deploy_before_the_modules_came_sends_the_answers_by_form(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, next_server: str
):
    """Fault 21. Her page is of a version whose modules the server has no more: it does without them."""
    rosa = woman()
    phone.sign_in(rosa)
    phone.line.dead("/app/")
    phone.open(lessons[0]["url"])
    phone.choose()
    phone.line.heal()
    phone.line.upstream = next_server
    phone.finish()
    phone.until(lambda: home.entries(rosa["person"]))

    assert home.counted(rosa["person"]) == work(1)


def test_upgrade_of_the_database_that_another_tab_blocks_costs_nothing_that_waits(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, next_server: str
):
    """Fault 22. A tab of the old version holds on: the new one posts as ever, and what waits goes when it is gone."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    stubborn = phone.tab()
    stubborn.goto(phone.line.url + "/favicon.ico")
    stubborn.evaluate(HOLD)
    phone.line.upstream = next_server
    phone.open(lessons[1]["url"])
    phone.ready()
    phone.choose()
    phone.finish()
    phone.until(lambda: home.counted(rosa["person"]) == work(1))
    stubborn.close()
    phone.line.heal()
    phone.open(lessons[2]["url"])
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(2)


def test_upgrade_of_the_database_that_fails_leaves_what_waits_as_it_was(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, next_server: str, server: str
):
    """Fault 22. The new version cannot change the database: it posts as ever; the one after it finds everything."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    phone.line.upstream = next_server
    broken = phone.line.fault("/app/", bad.rewrite(UPGRADE, "throw new Error('broken');"))
    phone.open(lessons[1]["url"])
    phone.ready()
    phone.choose()
    phone.finish()
    phone.until(lambda: home.counted(rosa["person"]) == work(1))
    assert broken.met > 0
    assert phone.page.evaluate(VERSIONS) == [1]
    phone.line.heal()
    phone.line.upstream = server
    phone.open(lessons[2]["url"])
    phone.send()
    phone.until_sent()

    expect(phone.page.locator("form[data-lesson]")).to_be_visible()
    assert home.counted(rosa["person"]) == work(2)
