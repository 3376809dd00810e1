"""Take the pictures of the documents from a running demonstration: `python -m tools.pictures [ADDRESS]`.

Start `make demo` first, in the same home. What is shown are people who do not exist, on pages that say so.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module

import django
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools.browser import HELP, find_browser
from tools.catalogue import ROOT

PICTURES = ROOT / "docs" / "pictures"
PHONE, WIDE = ViewportSize(width=360, height=640), ViewportSize(width=1280, height=800)
ADMINISTRATOR = "administradora@demo.example"
PROGRAMME, COURSE, LONGER_COURSE = "mujeres-online", "conectate", "ciberseguridad"
ONLY_WIDE = {"office"}
ONLY_PHONE = {"download", "pending", "profiles"}
PINS = ("2580", "1470")


def main(address: str) -> int:
    """Take every picture, each in a fresh browser that has seen nothing."""
    executable = find_browser()
    if executable is None:
        print(HELP, file=sys.stderr)
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
    django.setup()
    PICTURES.mkdir(exist_ok=True)
    pages = {
        "home": home,
        "programme": programme,
        "lesson": lesson_opener(),
        "learner": learner_opener(),
        "results": results,
        "office": office,
        "download": download_opener(),
        "pending": pending_opener(),
        "profiles": profiles_opener(),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, open_page in pages.items():
            for suffix, size in sizes(name):
                take(browser, address, f"{name}{suffix}", size, open_page)
        browser.close()
    return 0


def sizes(name: str) -> list[tuple[str, ViewportSize]]:
    """How a picture is taken: the ending of its name, and the screen."""
    if name in ONLY_WIDE:
        return [("", WIDE)]
    return [("", PHONE)] if name in ONLY_PHONE else [("", PHONE), ("-wide", WIDE)]


def take(browser: Browser, address: str, name: str, size: ViewportSize, open_page: Callable[[Page], None]) -> None:
    """Open a page as its function says, and keep what is seen of it without scrolling."""
    page = browser.new_page(base_url=address, viewport=size, locale="es", color_scheme="light")
    open_page(page)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()
    print(f"docs/pictures/{name}.png")


# --- What is on them ---


def home(page: Page) -> None:
    page.goto("/")


def programme(page: Page) -> None:
    page.goto(f"/programas/{PROGRAMME}/")


def lesson_opener() -> Callable[[Page], None]:
    """Opens a lesson and answers its first question rightly.

    The database is asked here, before the browser's loop runs; apps can be imported only once Django is set up.
    """
    lessons = import_module("trenza.apps.learning.api").Lesson.objects.select_related("version__course")
    row = lessons.filter(version__course__code=COURSE).order_by("-version__number", "position")[0]

    def lesson(page: Page) -> None:
        page.goto(f"/lecciones/{COURSE}/{row.version.short}/{row.code}/")
        question = page.locator("fieldset").first
        right = str(question.get_attribute("data-right")).split(",")[0]
        question.locator(f"input[value='{right}']").check()
        question.get_by_role("button").click()
        question.evaluate("element => element.scrollIntoView()")

    return lesson


def learner_opener() -> Callable[[Page], None]:
    """Opens the own page of somebody who learns and has not completed."""
    [account, *_] = learners()

    def learner(page: Page) -> None:
        sign_in(page, account)
        page.goto("/mi/")

    return learner


def learners() -> list[str]:
    """Addresses of people who learn and have not completed, one for each picture: codes are not sent without end.

    The database is asked before the browser's loop runs.
    """
    enrolments = import_module("trenza.apps.programmes.api").Enrolment.objects.filter(person__synthetic=True)
    some = enrolments.filter(edition__programme__code=PROGRAMME, state="active", requirements_met__isnull=False)
    return list(dict.fromkeys(some.order_by("id").values_list("person__accounts__email", flat=True)))[:5]


def download_opener() -> Callable[[Page], None]:
    """Opens a course that a phone may take along, with what that weighs and costs."""
    account = learners()[1]

    def download(page: Page) -> None:
        sign_in(page, account)
        page.goto(f"/cursos/{LONGER_COURSE}/")
        page.locator("[data-pack] button").first.wait_for()
        page.locator("[data-pack]").evaluate("element => element.scrollIntoView({ block: 'center' })")

    return download


def pending_opener() -> Callable[[Page], None]:
    """Opens a lesson that was answered without a signal."""
    account = learners()[2]
    lesson = lesson_opener()

    def pending(page: Page) -> None:
        sign_in(page, account)
        keep_here(page, PINS[0])
        page.route("**/sync", lambda route: route.abort())
        lesson(page)
        page.locator(".sends").wait_for()
        for question in page.locator("[data-q]").all():
            for right in str(question.get_attribute("data-right")).split(","):
                question.locator(f"input[value='{right}']").check()
        page.locator("form[data-lesson] > button").click()
        page.locator("form > div[tabindex] a").wait_for()
        page.locator("form > div[tabindex]").evaluate("element => element.scrollIntoView({ block: 'center' })")

    return pending


def profiles_opener() -> Callable[[Page], None]:
    """Opens the page of a phone that two women share."""
    accounts = learners()[3:]

    def profiles(page: Page) -> None:
        for account, pin in zip(accounts, PINS, strict=True):
            sign_in(page, account)
            keep_here(page, pin)
            page.goto("/telefono/")
            page.locator("[data-do=lock]").click()
        page.locator("[data-do=switch]").nth(1).wait_for()

    return profiles


def keep_here(page: Page, pin: str) -> None:
    """She takes the invitation on her page."""
    page.goto("/mi/")
    page.locator("#keep-here button:visible").first.click()
    for field in page.locator("dialog input").all():
        field.fill(pin)
    page.locator("dialog form button.btn").first.click()
    page.locator("dialog").wait_for(state="detached")


def results(page: Page) -> None:
    page.goto(f"/programas/{PROGRAMME}/resultados/")


def office(page: Page) -> None:
    sign_in(page, ADMINISTRATOR)
    page.goto("/oficina/solicitudes/")


def sign_in(page: Page, address: str) -> None:
    """Sign in with a code from where the laptop keeps its mail."""
    page.goto("/entrar/")
    page.locator("input[name=email]").fill(address)
    page.locator("main form button").first.click()
    page.locator("input[name=code]").fill(import_module("trenza.apps.people.api").latest_code(address))
    page.locator("main form button").first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
