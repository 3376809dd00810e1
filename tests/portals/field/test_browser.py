"""The pages in a real browser: with and without JavaScript, with the keyboard alone, small, large, light and dark."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.portals.field import sample
from trenza.portals.field import modules

PAGES = ["/", "/formulario/", "/formulario/?name=", "/corregido/", "/confirma/", "/nada/", sample.LESSON]
PHONE: ViewportSize = {"width": 360, "height": 640}
SAVED = {"saved": True, "signed_in": True, "name": "Ana", "score": 1, "done": True, "next": "/", "message": None}
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input, label.opt")]
    .filter(e => e.offsetParent && !e.closest("p, label.opt > *, .skip") && !e.matches(".skip"))
    .filter(e => !(e.matches("input") && e.closest("label.opt")))
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A small phone on the sample site; a script that fails or breaks the policy fails the test."""
    context = browser.new_context(viewport=PHONE, base_url=site)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def phone_without_scripts(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()


def open_and_settle(page: Page, path: str) -> None:
    """Open a page and wait for what comes once it is usable and the phone has nothing else to do, which may be late."""
    with page.expect_request("**/phone.js"):
        page.goto(path)
    page.evaluate("import(document.documentElement.dataset.phone).then((module) => module.ready)")
    page.wait_for_load_state("networkidle")


def choose(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_label(text, exact=False).check()


def answer_everything(page: Page) -> None:
    choose(page, "tren-papaya", "Una contraseña distinta", "La verificación", "Falso")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_barrier_that_axe_knows(browser, site, path, scheme):
    page = browser.new_page(viewport=PHONE, base_url=site, color_scheme=scheme)
    page.goto(path)

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    page.close()

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_320_pixels_and_twice_the_text(phone, path):
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(path)
    over = [phone.evaluate("document.documentElement.scrollWidth - innerWidth")]
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    over.append(phone.evaluate("document.documentElement.scrollWidth - innerWidth"))

    assert over == [0, 0]


@pytest.mark.parametrize("path", PAGES)
def test_what_is_touched_is_44_pixels_high(phone, path):
    phone.goto(path)

    assert phone.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_one_request_and_load_modules_once_they_are_usable(phone, path):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    phone.on("load", lambda _: asked.append("usable"))

    open_and_settle(phone, path)

    paths = [url.partition("//")[2].partition("/")[2] or url for url in asked]
    folder = modules.address("").removeprefix("/")
    assert paths[:3] == [path.removeprefix("/") or phone.url, "usable", f"{folder}phone.js"]
    assert [other for other in paths[3:] if not other.startswith(folder)] == []


def test_question_says_at_once_what_is_wrong_and_lets_her_try_again(phone):
    phone.goto(sample.LESSON)
    question = phone.locator("[data-q=fuerte]")

    choose(phone, "rosa2024")
    question.get_by_role("button", name="Revisar").click()

    expect(question.get_by_role("status")).to_have_text("Todavía no. Lee por qué y prueba otra.")
    expect(question.locator(".no")).to_contain_text("Tiene su nombre y un año")
    expect(question.get_by_label("rosa2024")).to_be_focused()

    choose(phone, "tren-papaya")
    expect(question.locator(".no, .ok")).to_have_count(0)
    expect(question.get_by_text("Tiene su nombre y un año")).to_be_hidden()

    question.get_by_role("button", name="Revisar").click()
    expect(question.get_by_role("status")).to_have_text("¡Eso es!")
    expect(question.locator(".ok")).to_contain_text("Cuatro palabras sin relación")


def test_question_with_several_answers_says_that_one_is_missing(phone):
    phone.goto(sample.LESSON)
    question = phone.locator("[data-q=cuidar]")

    choose(phone, "Una contraseña distinta")
    question.get_by_role("button", name="Revisar").click()

    expect(question.get_by_role("status")).to_have_text("Vas bien: falta al menos una.")


def test_question_without_a_choice_asks_for_one(phone):
    phone.goto(sample.LESSON)
    question = phone.locator("[data-q=fuerte]")

    question.get_by_role("button", name="Revisar").click()

    expect(question.get_by_role("status")).to_have_text("Primero elige una respuesta.")
    expect(question.get_by_label("rosa2024")).to_be_focused()


def test_lesson_is_finished_with_the_keyboard_alone(phone, monkeypatch):
    monkeypatch.setitem(sample.ANSWER, "body", SAVED)
    phone.goto(sample.LESSON)

    phone.locator("[data-q=fuerte] input").first.focus()
    for key in ["ArrowDown", "Tab", "Enter", "Tab", "Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab"]:
        phone.keyboard.press(key)
    for key in ["ArrowDown", "Tab", "Tab", "Enter"]:
        phone.keyboard.press(key)
    expect(phone.get_by_text("Tus respuestas están guardadas.")).to_be_visible()
    phone.keyboard.press("Tab")

    expect(phone.get_by_role("link", name="Seguir")).to_be_focused()
    assert sample.POSTED == [{"q.fuerte": ["1"], "q.cuidar": ["0", "2"], "q.chat": ["1"]}]


def test_lesson_with_a_question_left_is_not_sent_and_leads_there(phone):
    phone.goto(sample.LESSON)
    choose(phone, "tren-papaya", "Falso")

    phone.get_by_role("button", name="Revisar y terminar").click()

    expect(phone.locator("[data-q=cuidar]").get_by_role("status")).to_have_text("Primero elige una respuesta.")
    expect(phone.get_by_label("Una contraseña distinta")).to_be_focused()
    assert sample.POSTED == []


@pytest.mark.parametrize(
    ("body", "words", "link"),
    [
        (SAVED, "Tus respuestas están guardadas.", "Seguir"),
        ({**SAVED, "message": "¡Bien, Ana!"}, "¡Bien, Ana!", "Seguir"),
        ({**SAVED, "done": False, "next": None}, "Guardado. Para terminar la lección", None),
        ({"saved": False, "signed_in": False, "next": "/entrar/"}, "Para guardar tu avance, entra.", "Entrar"),
        ({"saved": False, "signed_in": True, "next": None}, "No pudimos guardar tus respuestas.", None),
    ],
    ids=["saved", "saved with words", "not enough yet", "signed out", "refused"],
)
def test_lesson_says_saved_only_when_it_is(phone, monkeypatch, body, words, link):
    monkeypatch.setitem(sample.ANSWER, "body", body)
    phone.goto(sample.LESSON)
    answer_everything(phone)

    phone.get_by_role("button", name="Revisar y terminar").click()

    result = phone.locator("form > div[tabindex]")
    expect(result).to_contain_text(words)
    expect(result.get_by_role("link")).to_have_text([link] if link else [])


@pytest.mark.parametrize("trouble", ["no network", "failure", "not json"])
def test_lesson_that_could_not_be_sent_keeps_her_answers(phone, monkeypatch, trouble):
    phone.goto(sample.LESSON)
    answer_everything(phone)
    if trouble == "no network":
        phone.context.set_offline(True)
    elif trouble == "failure":
        monkeypatch.setitem(sample.ANSWER, "status", 500)
    else:
        phone.route("**/responder/", lambda route: route.fulfill(body="<h1>Portal of the Wi-Fi</h1>"))

    phone.get_by_role("button", name="Revisar y terminar").click()

    expect(phone.get_by_text("No pudimos guardar tus respuestas. Siguen aquí")).to_be_visible()
    expect(phone.get_by_label("tren-papaya")).to_be_checked()
    expect(phone.get_by_role("button", name="Revisar y terminar")).to_be_enabled()

    phone.context.set_offline(False)
    phone.unroute_all()
    phone.get_by_role("button", name="Enviar de otra manera").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 respuesta correcta de 2")


def test_lesson_that_needs_a_confirmation_goes_the_ordinary_way(phone, monkeypatch):
    monkeypatch.setitem(sample.ANSWER, "status", 409)
    monkeypatch.setitem(sample.ANSWER, "body", {"confirm": True})
    phone.goto(sample.LESSON)
    answer_everything(phone)

    phone.get_by_role("button", name="Revisar y terminar").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("1 respuesta correcta de 2")
    assert len(sample.POSTED) == 2


def test_lesson_with_a_wrong_answer_keeps_her_choices_over_a_reload(phone, monkeypatch):
    monkeypatch.setitem(sample.ANSWER, "body", SAVED)
    for wrong in (True, False):
        open_and_settle(phone, sample.LESSON)
        answer_everything(phone)
        if wrong:
            choose(phone, "rosa2024")
        phone.get_by_role("button", name="Revisar y terminar").click()
        expect(phone.locator("form > .card.ok")).to_contain_text("están guardadas")
        open_and_settle(phone, sample.LESSON)

        expect(phone.locator(":checked")).to_have_count(4 if wrong else 0)


@pytest.mark.parametrize("page", [sample.EXAM, sample.TEST])
def test_exam_asks_once_about_blanks_and_a_test_not_at_all(phone, monkeypatch, page):
    monkeypatch.setitem(sample.ANSWER, "body", SAVED)
    open_and_settle(phone, page)
    button = phone.get_by_role("button", name="Revisar y terminar")
    button.click()
    assert sample.POSTED == []  # an empty sheet is none
    phone.get_by_label("Falso").check()
    button.click()
    if page == sample.EXAM:
        expect(phone.locator("form > .card.try[tabindex]")).to_contain_text("Te faltan preguntas por responder.")
        assert sample.POSTED == []
        button.click()

    expect(phone.locator("form > .card.ok")).to_contain_text("están guardadas")
    assert sample.POSTED == [{"q.chat": ["1"]}]


def test_lesson_without_scripts_posts_and_is_graded(phone_without_scripts):
    page = phone_without_scripts
    page.goto(sample.LESSON)
    answer_everything(page)

    page.get_by_role("button", name="Revisar y terminar").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("1 respuesta correcta de 2")
    assert sample.POSTED == [{"q.fuerte": ["1"], "q.cuidar": ["0", "2"], "q.chat": ["1"]}]


@pytest.fixture
def elsewhere(phone: Page) -> str:
    """Where the quick exit leads, answered here; the page that stands there."""
    phone.route("https://www.google.com/**", lambda route: route.fulfill(body="<title>clima</title>"))
    return "https://www.google.com/search?q=clima"


@pytest.mark.parametrize("way", ["click", "escape", "keyboard"])
def test_quick_exit_leaves_and_back_shows_nothing_of_ours_in_this_tab(phone, site, elsewhere, way):
    phone.goto("/formulario/")
    phone.goto(sample.LESSON)

    if way == "click":
        phone.get_by_role("link", name="Salir rápido").click()
    elif way == "keyboard":
        phone.get_by_role("link", name="Salir rápido").focus()
        phone.keyboard.press("Enter")
    else:
        for _ in range(3):
            phone.keyboard.press("Escape")
    phone.wait_for_url(elsewhere)
    with phone.expect_navigation(url=elsewhere):  # the form is still in the history: it leaves again, and is gone
        phone.evaluate("history.back()")
    assert phone.evaluate("history.length") == 3  # the blank page of a new tab, and twice the weather

    phone.goto("/formulario/")
    assert phone.url == f"{site}/formulario/"
    phone.reload()
    assert phone.url == f"{site}/formulario/"


def test_quick_exit_locks_her_profile_on_this_phone(phone, site, elsewhere):
    phone.context.add_cookies([{"name": "profile", "value": "0a", "url": site}])
    phone.goto("/")
    phone.evaluate("sessionStorage.unlocked = 'null'")

    phone.get_by_role("link", name="Salir rápido").click()
    phone.wait_for_url(elsewhere)

    assert [cookie["value"] for cookie in phone.context.cookies(site) if cookie["name"] == "profile"] == ["-"]
    phone.goto("/nada/")
    assert phone.evaluate("sessionStorage.unlocked") is None


@pytest.mark.parametrize("path", PAGES)
def test_quick_exit_and_its_script_stand_before_anything_else_that_is_read(client, path):
    order = re.findall(r'class="exit"|<script|<main', client.get(path).content.decode())

    assert order[:3] == ['class="exit"', "<script", "<main"]


def test_quick_exit_blanks_the_page_while_the_next_one_loads(phone):
    phone.goto(sample.LESSON)
    # What the page looks like when it leaves, told by the page itself: nobody can ask it while it waits for another.
    phone.evaluate(
        """() => addEventListener("beforeunload", () =>
            console.log(getComputedStyle(document.documentElement).display, document.title))"""
    )
    phone.route("https://www.google.com/**", lambda route: route.fulfill(body="<title>clima</title>"))

    with phone.expect_console_message() as said:
        phone.get_by_role("link", name="Salir rápido").click()

    assert said.value.text == "none www.google.com"


def test_quick_exit_needs_no_script(phone_without_scripts):
    page = phone_without_scripts
    page.route("https://www.google.com/**", lambda route: route.fulfill(body="<title>clima</title>"))
    page.goto(sample.LESSON)

    page.get_by_role("link", name="Salir rápido").click()

    expect(page).to_have_url("https://www.google.com/search?q=clima")


# What a browser of a very simple phone makes of our style sheet: it drops what it does not know.
OLD = [
    (re.compile(r"[^{}]*:has\([^{}]*\{[^{}]*\}"), ""),
    (re.compile(r"display:(?:grid|flex|inline-flex)"), "display:block"),
    (re.compile(r"[\w-]+:[^;{}]*var\([^;{}]*(?=[;}])"), ""),
]
READ = "main a, main button, main input:not([type=hidden]), main select, main h1"
UNSEEN = """(read) => [...document.querySelectorAll(read)]
    .filter(e => !e.closest("details:not([open])") && !e.getClientRects().length).map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("sheet", ["old", "none"])
def test_pages_are_whole_without_scripts_in_a_browser_that_knows_little(browser, site, sheet):
    """Opera Mini and its like: no script, no :has, no grid, no variables; or no style at all."""
    context = browser.new_context(
        base_url=site, viewport={"width": 320, "height": 640}, java_script_enabled=False, bypass_csp=True
    )
    page = context.new_page()

    def simplify(route):
        answer = route.fetch()
        head, style, rest = re.split(r"<style>(.*?)</style>", answer.text(), maxsplit=1, flags=re.DOTALL)
        for pattern, instead in OLD:
            style = pattern.sub(instead, style)
        route.fulfill(response=answer, body=f"{head}<style>{style if sheet == 'old' else ''}</style>{rest}")

    page.route("**/*", simplify)
    troubles = {}
    for path in PAGES:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth") - 320 if sheet == "old" else 0
        troubles[path] = (page.evaluate(UNSEEN, READ), max(wide, 0))
    page.goto(sample.LESSON)
    answer_everything(page)
    page.get_by_role("button", name="Revisar y terminar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 respuesta correcta de 2")
    context.close()

    assert troubles == {path: ([], 0) for path in PAGES}
    assert sample.POSTED == [{"q.fuerte": ["1"], "q.cuidar": ["0", "2"], "q.chat": ["1"]}]


def test_form_with_errors_begins_at_the_summary(phone):
    phone.goto("/formulario/?name=")

    expect(phone.locator(".errors")).to_be_focused()
    phone.get_by_role("link", name="¿Tienes teléfono propio?").click()
    expect(phone.get_by_label("Sí")).to_be_focused()


def test_focus_is_not_hidden_under_the_bars(phone):
    phone.goto("/formulario/")
    hidden = []
    for _ in range(14):
        phone.keyboard.press("Tab")
        hidden.append(
            phone.evaluate(
                """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                const top = document.querySelector(".bar").getBoundingClientRect().bottom;
                const end = document.querySelector(".foot").getBoundingClientRect().top;
                return e.closest("main") && (r.bottom < top || r.top > end) ? e.outerHTML : null }"""
            )
        )

    assert set(hidden) == {None}


def test_page_on_paper_has_no_buttons(phone):
    phone.emulate_media(media="print")
    phone.goto("/")

    expect(phone.locator(".bar")).to_be_hidden()
    expect(phone.locator(".btn").first).to_be_hidden()
