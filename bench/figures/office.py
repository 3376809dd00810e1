"""The office with a hundred thousand applications: its lists, and one of them as a workbook."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from django.test import Client

from bench import home, office
from bench.figure import Measured, figure
from trenza.apps.admissions.api import Call
from trenza.apps.people.api import Account

TIMES = 5
ANY_LIST: tuple[dict[str, str], ...] = ({}, {"p": "999999"}, {"q": "maria nunez"}, {"q": "a"}, {"q": "nobody at all"})
"""As it comes, its last page, a search that finds few, one that finds nearly all, and one that finds none."""
BY_NAME = {"ordering": "person__search_text"}


@figure("office_list_100k_ms")
def lists_on_sqlite() -> Measured:
    return _slowest_list()


@figure("office_list_100k_postgresql_ms")
def lists_on_postgresql() -> Measured:
    return _slowest_list()


def _slowest_list() -> Measured:
    """The slowest of all lists: each for an administrator, a coordinator of the programme that most apply to, and one
    of a region of it; as it comes and searched, filtered, ordered. Each the median of five, whole pages through
    Django's test client: middleware, queries and templates, and no server in between."""
    viewers = office.fill()
    call = Call.objects.order_by("id").values_list("pk", flat=True)[0]
    slowest, page, count = 0.0, "", 0
    for who, person in vars(viewers).items():
        client = Client(headers={"host": home.HOST})
        client.force_login(Account.objects.get(person=person))
        for address, query in _pages(str(call)):
            seconds = statistics.median(_timed(client, address, query) for _ in range(TIMES))
            count += 1
            if seconds > slowest:
                slowest, page = seconds, f"{address} {query or ''}, coordinating {who}"
    return Measured(slowest * 1000, "ms", peer=f"{page}; the slowest of {count} pages")


def _pages(call: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, more in {
        "solicitudes": [
            {"state": "needs_help"}, {"call": call}, {"state": "accepted", "q": "maria"}, {"p": "2000"}, BY_NAME,
            {"ordering": "-state"}, {"ordering": "region__name"},
            {"submitted_at_from": "2024-06-01", "submitted_at_to": "2025-01-01"},
        ],
        "inscripciones": [{"state": "completed"}, BY_NAME],
        "personas": [{"country": "BO"}, {"ordering": "search_text"}],
        "adjudicaciones": [{"state": "accepted"}, BY_NAME],
        "certificados": [{"state": "valid"}, {"ordering": "name"}],
        "convocatorias": [{"ordering": "-waiting"}],
        "cursos": [],
    }.items():  # fmt: skip
        yield from ((f"/oficina/{name}/", query) for query in (*ANY_LIST, *more))


def _timed(client: Client, address: str, query: dict[str, str]) -> float:
    start = time.perf_counter()
    answer = client.get(address, query)
    seconds = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{address} {query} was answered with {answer.status_code}")
    return seconds


@figure("xlsx_100k_rows_s")
def workbook_seconds() -> Measured:
    """Seconds until the list of all applications is whole as a workbook, read to its last byte."""
    exported = _workbook()
    return Measured(exported["seconds"], "s", peer=f"{exported['bytes'] / 1e6:.1f} MB, {office.ROWS} rows")


@figure("xlsx_100k_rows_mb")
def workbook_memory() -> Measured:
    """The most memory that a fresh process which makes that workbook ever holds (Linux's VmHWM)."""
    exported = _workbook()
    return Measured(exported["memory"], "MB", peer=f"{exported['before']:.0f} MB before the workbook")


def _workbook() -> dict[str, float]:
    office.fill()
    made = subprocess.run([sys.executable, "-m", "bench.office_export"], check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(made.stdout)
    return found
