"""How long a woman who is new to phones takes for a call's form: every page read, every field filled, every tap.

Counted after the keystroke-level model (Card, Moran and Newell, 1980) over the pages as they are: the same on any
machine. It says what the form asks of her, not what she is thinking of meanwhile.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from django.test import Client
from django.utils import timezone

from bench import home
from bench.figure import Measured, figure
from trenza.apps.admissions.api import Call, publish_call

TAP_S: Final = 2.0  # to find a choice, a field or a button, and touch it
PAGE_S: Final = 1.5  # until a page can be used on a slow phone: the limit of home_cold_ready_ms
CALL: Final = "el-alto"
_MOST_PAGES: Final = 9
_ANSWERS: Final = {
    "given_name": "María Elena", "family_name": "Mamani Quispe", "email": "mariaelenamamani@ejemplo.bo",
    "q_birth_date_day": "14", "q_birth_date_month": "3", "q_birth_date_year": "1998", "q_sex": "female",
    "q_region": "el-alto", "q_area": "city", "q_indigenous": "yes",
    "q_plan_when": "martes y jueves, después de las ocho de la noche",
    "q_plan_where": "en la casa de mi mamá", "q_plan_help": "mi hermana cuida a mis hijos",
    "q_wants_to_learn": "yes", "q_has_email": "yes", "q_knows_basics": "yes", "q_device": "shared-phone",
    "consent": "on",
}  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How long a letter takes to type, and a word to read, in seconds."""

    key: float
    word: float


# 20 words a minute typed; read at the pace of the sixth grade (Hasbrouck and Tindal, 2017).
BEGINNER: Final = Pace(key=0.6, word=60 / 145)
# 36 words a minute typed, as is usual on phones (Palin and others, 2019); read as adults do (Brysbaert, 2019).
USED_TO_IT: Final = Pace(key=0.33, word=60 / 238)


@figure("application_minutes")
def application() -> Measured:
    """From the first page of the form to the answer that it arrived."""
    home.load_content()
    call = Call.objects.get(programme__code="mujeres-online", code=CALL)
    if call.published_at is None:
        publish_call(call=call, by=None)
    if not call.is_open_at(timezone.now()):
        raise RuntimeError("the call is not open")
    path = f"/programas/mujeres-online/convocatorias/{CALL}/postular/"
    client = Client(SERVER_NAME=home.HOST)
    answer = client.get(path)
    work = _Work()
    for _page in range(_MOST_PAGES):
        page = _Page(answer.text)
        said = {name: _ANSWERS[name] for name in page.asked if name in _ANSWERS}
        work.add(page, said)
        sent = client.post(path, {**page.hidden, **said})
        if sent.status_code != 302:
            raise RuntimeError(f"a page of the form was answered with {sent.status_code}")
        answer = client.get(sent.headers["location"])
        if "consent" in said:
            break
    else:
        raise RuntimeError("the form has no last page")
    usual = work.seconds(USED_TO_IT) / 60
    words = f"{work.pages} pages, {work.words} words to read, {work.taps} taps, {work.keys} letters"
    return Measured(work.seconds(BEGINNER) / 60, "min", None, f"{words}; {usual:.1f} min for who is used to phones")


@dataclass
class _Work:
    """What was asked of her so far."""

    pages: int = 0
    taps: int = 0
    keys: int = 0
    read: set[str] = field(default_factory=set)

    def add(self, page: "_Page", said: dict[str, str]) -> None:
        self.pages += 1
        self.read |= page.texts  # what stands on every page is read on the first
        self.taps += len(said) + 1  # each field or choice, and the button
        self.keys += sum(len(value) for name, value in said.items() if name in page.typed)

    @property
    def words(self) -> int:
        return sum(len(re.findall(r"\w+", text)) for text in self.read)

    def seconds(self, pace: Pace) -> float:
        return self.pages * PAGE_S + self.words * pace.word + self.taps * TAP_S + self.keys * pace.key


class _Page(HTMLParser):
    """What stands in the main part of a page: its words, its fields, and what it keeps."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.asked: list[str] = []
        self.typed: set[str] = set()
        self._main = 0
        self._silent = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._main += tag == "main"
        self._silent = tag if tag in {"script", "style"} else self._silent
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag not in {"input", "select", "textarea"} or not name:
            return
        if kind == "hidden":
            self.hidden[name] = given.get("value", "")
            return
        if name not in self.asked:
            self.asked.append(name)
        if tag == "textarea" or (tag == "input" and kind not in {"radio", "checkbox"}):
            self.typed.add(name)

    def handle_endtag(self, tag: str) -> None:
        self._main -= tag == "main"
        self._silent = "" if tag == self._silent else self._silent

    def handle_data(self, data: str) -> None:
        if self._main and not self._silent and data.strip():
            self.texts.add(" ".join(data.split()))
