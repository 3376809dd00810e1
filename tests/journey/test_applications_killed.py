"""A weekend in which everybody applies at once, and the server is killed in between: who was told that her application
is there finds it, and who was not applies again and is there once."""

import http.client
import re
import sqlite3
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.journey import serving
from tests.journey.running import Demo

PROGRAMME = Path(__file__).parents[2] / "programmes" / "mujeres-online"
PATH = "/programas/mujeres-online/convocatorias/el-alto/postular/"
APPLICANTS, CONNECTIONS, KILLS, MOST_STEPS = 80, 8, 3, 9
APPLICATION = PATH.replace("postular", "solicitud")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SAID = {
    "given_name": "Juana", "family_name": "Quispe", "q_birth_date_day": "14", "q_birth_date_month": "3",
    "q_birth_date_year": "1994", "q_sex": "female", "q_region": "el-alto", "q_plan_when": "martes",
    "q_plan_where": "en casa", "q_plan_help": "mi hermana", "q_wants_to_learn": "yes", "q_has_email": "yes",
    "q_knows_basics": "yes", "consent": "on",
}  # fmt: skip
KEPT = (
    "SELECT account.email, count(*) FROM people_account account "
    "JOIN admissions_application application ON application.person_id = account.person_id GROUP BY account.email"
)


def remember(cookies: dict[str, str], answer: http.client.HTTPResponse) -> None:
    """As a browser does."""
    for each in answer.headers.get_all("Set-Cookie") or ():
        name, _, value = each.split(";")[0].partition("=")
        cookies[name] = value


def kept_of(cookies: Mapping[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


class Applicant:
    """A stranger with the form; `told` once the server said that her application is there."""

    def __init__(self, number: int) -> None:
        self.number, self.email, self.told = number, f"juana{number}@trenza.example", False

    def apply(self, url: str) -> None:
        """Open the form and send it. Raises OSError or HTTPException where the server is gone."""
        server = urlsplit(url)
        line = http.client.HTTPConnection(server.hostname or "", server.port, timeout=60)
        try:
            came_from = {"X-Forwarded-For": f"10.0.0.{self.number}"}
            line.request("GET", PATH, headers=came_from)
            answer, where, cookies = line.getresponse(), "", dict[str, str]()
            for _ in range(MOST_STEPS):  # page by page, as she does
                remember(cookies, answer)
                fields = SAID | dict(HIDDEN.findall(answer.read().decode())) | {"email": self.email}
                heads = kept_of(cookies) | {"Origin": url, "Content-Type": "application/x-www-form-urlencoded"}
                line.request("POST", PATH, urlencode(fields), heads | came_from)
                answer = line.getresponse()
                answer.read()
                remember(cookies, answer)
                where = answer.headers.get("Location", "")
                if "paso=" not in where:
                    break
                line.request("GET", where, headers=came_from | kept_of(cookies))
                answer = line.getresponse()
            # Who has an account already is asked for a code: her first try was kept although nobody told her.
            self.told = self.told or (answer.status == 302 and where == APPLICATION)
        finally:
            line.close()


@pytest.mark.drill
@pytest.mark.one_engine
def test_no_application_is_lost_or_doubled_when_the_server_is_killed_in_between(tmp_path):
    women = [Applicant(number) for number in range(APPLICANTS)]
    demo = serving.prepared(tmp_path / "home", PROGRAMME)
    demo.environment["TRENZA_PROXIES"] = "1"
    told: set[str] = set()
    for _ in range(KILLS):
        process = serving.start(demo, "--workers", "2")
        told |= _apply(women, demo.url, until_told=len(told) + APPLICANTS // (KILLS + 1), then=process)
        assert told <= _kept(demo).keys()
    process = serving.start(demo, "--workers", "2")
    try:
        told |= _apply(women, demo.url)
    finally:
        serving.kill(process)

    assert _kept(demo) == dict.fromkeys((woman.email for woman in women), 1)
    assert len(told) > APPLICANTS // 2
    assert "whole" in demo.check_journal()


def _apply(
    women: Sequence[Applicant], url: str, until_told: int | None = None, then: subprocess.Popen[bytes] | None = None
) -> set[str]:
    """Let everybody who was told nothing yet apply, several at once, and kill the server once so many were told."""
    left = iter([woman for woman in women if not woman.told])
    taking = threading.Lock()

    def work() -> None:
        while True:
            with taking:
                woman = next(left, None)
            if woman is None:
                return
            with suppress(OSError, http.client.HTTPException):
                woman.apply(url)

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    if then is not None:
        while len([woman for woman in women if woman.told]) < (until_told or 0):
            time.sleep(0.001)
        serving.kill(then)
    for thread in threads:
        thread.join()
    return {woman.email for woman in women if woman.told}


def _kept(demo: Demo) -> dict[str, int]:
    """How many applications there are of each address."""
    with closing(sqlite3.connect(Path(demo.environment["TRENZA_HOME"], "trenza.sqlite3"))) as database:
        return dict(database.execute(KEPT).fetchall())
