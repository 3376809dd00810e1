"""What the stories have in common, one step each: what somebody does in her browser, and what she sees then."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pypdfium2
import zxingcpp
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.journey.running import Demo
from tests.journey.visitor import Visitor
from trenza.apps.learning.api import build_course
from trenza.apps.learning.content.course import Number, Question, Text
from trenza.apps.learning.content.mixing import shown_order

REAL_COURSE = "/cursos/hola-mundo-es/"
BEGIN = re.compile("^(Empezar|Seguir)$")  # and not the test before the course, which she may leave
FINISH = re.compile("^(Revisar y terminar|Terminar esta lección|Entregar mis respuestas)$")
PRINTER = 300 / 72  # dots of a cheap printer to a point: the dense code is not always read from fewer
TWO_CODES = 2  # one for who has a signal, one for who has none
"""A lesson with questions, one without, and an exam."""
COURSES = Path(__file__).parents[2] / "programmes"


@dataclass(frozen=True)
class Woman:
    """Who she is, as she types it."""

    given_name: str
    family_name: str
    email: str
    born: tuple[int, int, int]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def sign_in(someone: Visitor, demo: Demo, email: str, path: str) -> None:
    """Come in with a code from the mail, on the way to `path`."""
    someone.open(path)
    someone.page.get_by_label("Tu correo electrónico").fill(email)
    someone.press("Envíame un código")
    someone.page.get_by_label("Tu código").fill(demo.code(email))
    someone.press("Seguir")
    expect(someone.page).to_have_url(someone.url + path)


def type_who_she_is(her: Visitor, woman: Woman, *wishes: str) -> None:
    """Her names, her address, the courses that she wants where the call has several, and her birthday."""
    page = her.page
    page.get_by_label("Tu nombre").fill(woman.given_name)
    page.get_by_label("Tus apellidos").fill(woman.family_name)
    page.get_by_label("Tu correo electrónico").fill(woman.email)
    if not page.get_by_label("Día").count():  # a form of several pages, and this is the first
        her.press("Seguir")
    if wishes:
        first, *others = wishes
        page.get_by_role("group", name="¿Qué curso es el que más quieres?").get_by_label(first).check()
        for question, wish in zip(("¿Y si ahí no hay lugar?", "Tu tercera opción"), others, strict=False):
            page.get_by_label(question).select_option(label=wish)
        her.press("Seguir")
    for label, number in zip(("Día", "Mes", "Año"), woman.born, strict=True):
        page.get_by_label(label).fill(str(number))


def choose(her: Visitor, question: str, answer: str) -> None:
    """Choose an answer to a question of a form."""
    her.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def award(office: Visitor, woman: Woman) -> None:
    """The coordinator finds her application in the list and awards her a place."""
    office.open(f"/oficina/solicitudes/?q={woman.family_name.replace(' ', '+')}")
    office.follow(woman.name)
    office.press("Adjudicarle un lugar")


def accept(her: Visitor) -> None:
    """She sees on her page that there is a place for her, and takes it."""
    her.open("/mi/")
    her.follow("Ver mi lugar")
    her.press("Lo acepto")


def confirm(office: Visitor, woman: Woman, *modules: str) -> None:
    """Somebody of the team finds her enrolment and confirms what she has met."""
    office.open(f"/oficina/inscripciones/?q={woman.family_name.replace(' ', '+')}")
    office.follow(woman.name)
    for module in modules:
        office.press(f"Confirmar «{module}»")
        office.page.get_by_text(f"{woman.name} ha cumplido «{module}».").wait_for()


def counted(office: Visitor) -> tuple[int, int]:
    """How many enrolments and completed tracks the first page of the office shows."""
    office.open("/oficina/")
    enrolments, *_states, completions = office.page.locator(".office-numbers dd").all_inner_texts()
    return int(enrolments), int(completions)


def states(her: Visitor) -> dict[str, str]:
    """The modules of her track and what her page says of each."""
    her.open("/mi/")
    modules = her.page.locator("section[aria-labelledby^=path] ol.list > li").all()
    lines = [[line for line in module.inner_text().splitlines() if line.strip()] for module in modules]
    return {first: rest for first, rest, *_ in lines}


def learn(her: Visitor, path: str) -> int:
    """Do a whole course from its outline, answering everything right; the number of its lessons.

    The first two and the last are done by hand. What her browser would send for those between is sent without
    showing them: their pages are all made alike.
    """
    her.open(path)
    number = her.page.locator("ol.list > li").count()
    her.follow(BEGIN)
    for done in range(number):
        if 1 < done < number - 1:
            send_lesson(her)
        else:
            do_lesson(her)
    return number


def taste_real_course(her: Visitor) -> None:
    """Find the imported course, which nothing needs, on her page; do its first lesson and the one with questions."""
    her.open("/mi/")
    her.follow("Ver el curso", her.page.locator(".card", has=her.page.locator(f"a[href='{REAL_COURSE}']")))
    assert "Raspberry Pi" in her.text
    her.follow("Empezar")
    do_lesson(her)
    her.open(REAL_COURSE)
    her.follow("Reflexión")
    do_lesson(her)


def do_lesson(her: Visitor) -> None:
    """Answer the lesson that is open, and go on to what comes next."""
    here = her.path
    for question in her.page.locator("[data-q]").all():
        answer_right(question)
    her.page.get_by_role("button", name=FINISH).click()
    her.page.get_by_role("link", name="Seguir", exact=True).wait_for()
    her.look()
    assert re.search("(están guardadas|en tu avance|Aprobaste la prueba)", her.text), her.text
    her.follow("Seguir")
    assert her.path != here


def send_lesson(her: Visitor) -> None:
    """Send the right answers to the lesson that is open, as its form does, and go on to what comes next."""
    html = her.page.request.get(her.page.url).text()
    fields = [
        (name, value)
        for code, kind in re.findall(r'data-q="([^"]+)" data-kind="([^"]+)"', html)
        for name, value in sent(code, kind, told(html, code))
    ]
    answer = her.page.request.post(
        f"{her.page.url}responder/",
        data=urlencode(fields),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Origin": her.url,
        },
    ).json()
    assert answer["saved"], answer
    assert answer["done"], answer
    her.page.goto(answer["next"])


def sent(code: str, kind: str, values: list[str]) -> list[tuple[str, str]]:
    """The fields of a question with these values."""
    if kind in ("order", "match"):
        return [(f"q.{code}.{number}", value) for number, value in enumerate(values)]
    return [(f"q.{code}", value) for value in (values if kind == "several" else values[:1])]


def answer_right(question: Locator) -> None:
    """As the page says, or, where it is an exam and says nothing, as whoever wrote it does."""
    code, kind = question.get_attribute("data-q") or "", question.get_attribute("data-kind") or ""
    values = told_on_the_page(question, code) or answers_of_exams()[code]
    if kind in ("order", "match"):
        for number, value in enumerate(values):
            question.locator("select").nth(number).select_option(value)
    elif kind in ("number", "text"):
        question.locator("input").fill(values[0])
    elif kind == "scenario":
        question.page.goto(f"{question.page.url.partition('#')[0]}#s-{code}-{values[0]}")
        question.locator(f"input[value='{values[0]}']").check()
    else:
        for value in values:
            question.locator(f"input[value='{value}']").check()


def told_on_the_page(question: Locator, code: str) -> list[str]:
    """What is right, as the page says before a script changes it; nothing of an exam."""
    return told(question.page.request.get(question.page.url.partition("#")[0]).text(), code)


def told(html: str, code: str) -> list[str]:
    """What is right, as a lesson's page says of this question."""
    whole = re.search(rf'<fieldset[^>]* data-q="{code}".*?</fieldset>', html, re.DOTALL)
    opening, _, inside = whole[0].partition(">") if whole else ("", "", "")
    if right := re.search(r' data-right="([^"]*)"', opening):
        return right[1].split(",")
    is_number = 'data-kind="number"' in opening
    accepted = re.findall(r'data-is="([^"]*)" data-ok', inside)
    return [each.split(" ")[0] if is_number else each for each in accepted]


@cache
def answers_of_exams() -> dict[str, list[str]]:
    """The right answer to every question in an exam of the programmes, by its code, as its page posts it."""
    folders = {path.parent for path in COURSES.glob("*/courses/*/*.md") if "\nexam = true\n" in path.read_text()}
    courses = [build_course(folder)[0] for folder in sorted(folders)]
    exams = [lesson for course in courses for lesson in course.lessons if lesson.exam]
    return {question.code: right_values(question) for exam in exams for question in exam.questions}


def right_values(question: Question) -> list[str]:
    """What the page of an exam posts for a right answer."""
    shown = shown_order(question, exam=True)
    match question.details:
        case Number(ranges):
            return [ranges[question.right[0]][0]]
        case Text(accepted):
            return [accepted[question.right[0]]]
    if question.kind == "order":
        return [str(index + 1) for index in shown]
    return [str(shown.index(index) if shown else index) for index in question.right]


def certificate(her: Visitor, stranger: Visitor, woman: Woman, downloads: Path) -> str:
    """Download the PDF, read it, and let a stranger scan its QR code and see who earned it; the words on the paper."""
    her.open("/mi/")
    her.wait_for("Descárgalo (PDF)")
    path = downloads / "certificado.pdf"
    her.download("Descárgalo (PDF)").save_as(path)
    words = " ".join(PdfReader(path).pages[0].extract_text().split())
    assert woman.name in words

    with pypdfium2.PdfDocument(path) as shown:
        codes = zxingcpp.read_barcodes(shown[0].render(scale=PRINTER).to_pil())
    [link] = [code.text for code in codes if code.text.startswith(f"{her.url}/certificado/")]
    assert len(codes) == TWO_CODES
    stranger.open(link.removeprefix(her.url))
    assert stranger.title == "Este certificado es auténtico"
    assert woman.name in stranger.text
    return words
