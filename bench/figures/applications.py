"""A weekend in which everybody applies at once: forms that strangers send, each with an account and an application."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles
from typing import Final, TypeVar

from bench import home
from bench.figure import Measured, figure
from bench.phone import Phone
from tools.postgresql import free_port
from trenza.apps.admissions.api import Application

APPLICANTS: Final = 1_600
CONNECTIONS: Final = 8
WORKERS: Final = 2
_MOST_STEPS: Final = 9
PATH: Final = "/programas/mujeres-online/convocatorias/el-alto/postular/"
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_GIVEN: Final = ("Juana", "Rosa", "Lidia", "Sonia", "Elena", "Marta", "Nelly", "Irma", "Ruth", "Dora", "Julia")
_FAMILY: Final = (
    "Quispe",
    "Mamani",
    "Choque",
    "Flores",
    "Vargas",
    "Rojas",
    "Condori",
    "Apaza",
    "Limachi",
    "Poma",
    "Cruz",
)
_SAID: Final = {
    "q_sex": "female",
    "q_region": "el-alto", "q_plan_when": "martes", "q_plan_where": "en casa",
    "q_plan_help": "mi hermana", "q_wants_to_learn": "yes", "q_has_email": "yes",
    "q_knows_basics": "yes", "q_device": "shared-phone", "consent": "on",
}  # fmt: skip


@figure("applications_per_s_sqlite")
def applications() -> Measured:
    """Applications a second: strangers who have come to the last page of a call's form send it, over eight connections
    that stay open. Each makes an account, consents and an application, judged by the call's rules, durable before the
    answer."""
    home.prepare()
    os.environ["TRENZA_PROXIES"] = "1"  # each comes from an address of her own
    port = free_port()
    before = Application.objects.count()
    taken: list[float] = []
    with home.served(port, workers=WORKERS):
        forms = _at_once(port, range(APPLICANTS), _open_form)
        start = time.perf_counter()
        answers = _at_once(port, forms, lambda phone, form: _send(phone, form, taken))
        seconds = time.perf_counter() - start
    kept = Application.objects.count() - before
    if kept != APPLICANTS:
        raise RuntimeError(f"{kept} of {APPLICANTS} applications are there; answers: {sorted(set(answers))}")
    p99 = quantiles(taken, n=100)[98] * 1_000
    words = f"{APPLICANTS} strangers, every one there afterwards; 99 of 100 answered within {p99:.0f} ms"
    return Measured(APPLICANTS / seconds, "1/s", None, words)


@dataclass(frozen=True)
class _Form:
    """A form that somebody has open: her number, her cookies, and what the page keeps in it."""

    number: int
    cookies: dict[str, str]
    hidden: dict[str, str]


def _open_form(phone: Phone, number: int) -> _Form:
    """She goes through the form page by page, to the last one."""
    _as(phone, number, {})
    page = phone.get(PATH)
    for _step in range(_MOST_STEPS):
        form = _Form(number, phone.cookies, dict(_HIDDEN.findall(page.text)))
        if 'name="consent"' in page.text:
            return form
        answer = phone.post(PATH, _said(form))
        if answer.status != 302:
            raise RuntimeError(f"a page of the form was answered with {answer.status}")
        page = phone.get(answer.headers["location"])
    raise RuntimeError("the form has no last page")


def _said(form: _Form) -> dict[str, str]:
    """Nobody is called and born like the others: who may be here twice is looked for beside all this."""
    number = form.number
    herself = {
        "given_name": _GIVEN[number % len(_GIVEN)], "family_name": _FAMILY[number // len(_GIVEN) % len(_FAMILY)],
        "email": f"juana{number}@demo.example", "q_birth_date_day": str(1 + number % 28),
        "q_birth_date_month": str(1 + number // 28 % 12), "q_birth_date_year": str(1975 + number // 336 % 28),
    }  # fmt: skip
    return {**_SAID, **form.hidden, **herself}


def _send(phone: Phone, form: _Form, taken: list[float]) -> int:
    _as(phone, form.number, form.cookies)
    start = time.perf_counter()
    answer = phone.post(PATH, _said(form))
    taken.append(time.perf_counter() - start)
    return answer.status


def _as(phone: Phone, number: int, cookies: dict[str, str]) -> None:
    """The same connection, another woman."""
    phone.cookies = cookies
    phone.more = f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"


def _at_once(port: int, given: Iterable[_Given], act: Callable[[Phone, _Given], _Made]) -> list[_Made]:
    """Do it for each, over so many connections."""
    left, lock = iter(given), threading.Lock()
    made: list[_Made] = []

    def work() -> None:
        with Phone(home.HOST, port) as phone:
            while True:
                with lock:
                    one = next(left, None)
                if one is None:
                    return
                made.append(act(phone, one))

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made
