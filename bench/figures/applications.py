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
from bench.load import send_all
from bench.phone import Phone
from tools.postgresql import free_port
from trenza.apps.admissions.api import Application

APPLICANTS: Final = 1_600
CONNECTIONS: Final = 8
WORKERS: Final = 2
_MOST_STEPS: Final = 9
PATH: Final = "/programas/mujeres-online/convocatorias/el-alto/postular/"
TOLD: Final = PATH.replace("postular", "solicitud").encode()
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
    answer. What the processors had to do for each is said beside it."""
    home.prepare()
    return measure(APPLICANTS)


def measure(applicants: int) -> Measured:
    """The same, in a home that is ready."""
    os.environ["TRENZA_PROXIES"] = "1"  # each comes from an address of her own
    port = free_port()
    before = Application.objects.count()
    with home.served(port, workers=WORKERS) as (web, worker):
        requests = _at_once(port, range(applicants), lambda phone, number: _ready(phone, _open_form(phone, number)))
        used = [home.processor_seconds([each]) for each in (web, worker)]
        own = time.process_time()
        sent = send_all(port, requests, CONNECTIONS)
        own = time.process_time() - own
        used = [
            home.processor_seconds([each]) - each_before for each, each_before in zip((web, worker), used, strict=True)
        ]
    told = sum(head.startswith(b"HTTP/1.1 302 ") and TOLD in head for head in sent.heads)
    kept = Application.objects.count() - before
    if not told == kept == applicants:
        raise RuntimeError(f"{kept} of {applicants} applications are there, {told} were told so")
    p99 = quantiles(sent.waited, n=100)[98] * 1_000
    each = [round(seconds / applicants * 1_000, 1) for seconds in (*used, own)]
    words = (
        f"{applicants} strangers, every one there afterwards; 99 of 100 answered within {p99:.0f} ms; the processors "
        "worked {} ms on each in the web server, {} in the worker, {} in the load generator".format(*each)
    )
    return Measured(applicants / sent.seconds, "1/s", None, words)


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


def _ready(phone: Phone, form: _Form) -> bytes:
    """The last page, filled in: what her browser sends."""
    _as(phone, form.number, form.cookies)
    return phone.posting(PATH, _said(form))


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
