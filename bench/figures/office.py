"""The office with a hundred thousand applications: its lists, and one of them as a workbook."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count
from django.test import Client

from bench import home, office
from bench.figure import Measured, figure
from trenza.apps.admissions.api import Application, Call
from trenza.apps.people.api import Account

TIMES = 5
ANY_LIST: tuple[dict[str, str], ...] = ({}, {"p": "999999"}, {"q": "maria nunez"}, {"q": "a"}, {"q": "nobody at all"})
"""As it comes, its last page, a search that finds few, one that finds nearly all, and one that finds none."""


@figure("office_list_100k_ms")
def lists_on_sqlite() -> Measured:
    return _slowest_list()


@figure("office_list_100k_postgresql_ms")
def lists_on_postgresql() -> Measured:
    return _slowest_list()


def _slowest_list() -> Measured:
    """The slowest of all lists and of the pages that count: each for an administrator, a coordinator of the programme
    that most apply to, and one of a region of it; as it comes and searched, by every filter, in every order. Each the
    median of five, whole pages through Django's test client: middleware, queries and templates, and no server in
    between."""
    viewers = office.fill()
    slowest, page, count = 0.0, "", 0
    for who, person in vars(viewers).items():
        client = Client(headers={"host": home.HOST})
        client.force_login(Account.objects.get(person=person))
        for address, query in pages():
            seconds = statistics.median(timed(client, address, query) for _ in range(TIMES))
            count += 1
            if seconds > slowest:
                slowest, page = seconds, f"{address} {query or ''}, coordinating {who}"
    return Measured(slowest * 1000, "ms", peer=f"{page}; the slowest of {count} pages")


def pages() -> Iterator[tuple[str, dict[str, str]]]:
    """Every list with every filter and order that it offers, and the pages that count or show one of many rows."""
    most = Call.objects.annotate(n=Count("applications")).order_by("-n", "id").first()
    assert most is not None
    within = {"call": str(most.pk), "region": str(most.regions.order_by("code").values_list("pk", flat=True)[0])}
    edition = {"edition": str(most.edition_id)}
    for name, states, more in _LISTS:
        shared = [{"call": within["call"]}, {"region": within["region"]}, within, edition] if name in _PLACED else []
        found = [*ANY_LIST, *({"state": state} for state in states), *shared, *more]
        yield from ((f"/oficina/{name}/", query) for query in found)
    for rule in most.rules:
        yield "/oficina/solicitudes/", {"unmet": rule["code"]}
        yield "/oficina/solicitudes/", {"unmet": rule["code"], **within, "ordering": "person__search_text"}
    yield "/oficina/", {}
    for part in ("", "lugares/", "sorteo/"):
        if part != "sorteo/" or most.is_drawn:
            yield f"/oficina/convocatorias/{most.pk}/{part}", {}
    hers = Application.objects.filter(call=most, region=UUID(within["region"]))
    last = hers.order_by("-submitted_at").values_list("pk", "person")
    for state, part in (("waiting_list", "solicitudes"), ("needs_help", "solicitudes")):
        yield f"/oficina/{part}/{last.filter(state=state)[0][0]}/", {}
    yield f"/oficina/personas/{last[0][1]}/", {}


def _orders(*fields: str) -> list[dict[str, str]]:
    return [{"ordering": f"{sign}{field}"} for field in fields for sign in ("", "-")]


_DAYS = {"from": "2024-06-01", "to": "2025-01-01"}
_PLACED = frozenset({"solicitudes", "adjudicaciones", "partes-de-becas", "revisiones"})
"""Lists that are filtered by call, region and edition; the parts of scholarships leave out what they have not."""
_LISTS: tuple[tuple[str, tuple[str, ...], list[dict[str, str]]], ...] = (
    (
        "solicitudes",
        (
            "submitted", "waiting_guardian", "needs_help", "not_eligible", "waiting_list", "awarded", "accepted",
            "expired", "withdrawn",
        ),
        [
            {"state": "accepted", "q": "maria"}, {"p": "2000"}, {"state": "waiting_list", "p": "100"},
            *_orders("person__search_text", "call__name", "region__name", "state", "submitted_at"),
            {f"submitted_at_{end}": day for end, day in _DAYS.items()},
            *({"appeal": state} for state in ("open", "upheld", "rejected")),
            *({name: said} for name in ("told", "taken_down") for said in ("yes", "no")),
            {"taken_down": "yes", "q": "maria"}, {"taken_down": "yes", "ordering": "person__search_text"},
            {"told": "no", "state": "not_eligible"}, {"appeal": "open", "ordering": "-submitted_at"},
        ],
    ),
    ("inscripciones", ("completed",), _orders("person__search_text")),
    ("personas", (), [{"country": "BO"}, *_orders("search_text")]),
    (
        "adjudicaciones",
        ("waiting", "accepted", "declined", "expired", "taken_back"),
        [
            {"unreached": "true"}, {"unreached": "false"}, {"unreached": "true", "ordering": "awarded_at"},
            *_orders("person__search_text", "call__name", "region__name", "awarded_at"),
            {f"awarded_at_{end}": day for end, day in _DAYS.items()},
        ],
    ),
    (
        "partes-de-becas",
        ("lacking", "given"),
        [
            {"kind": "data_voucher"}, {"kind": "stipend"}, {"state": "lacking", "kind": "certificate"},
            *_orders("award__person__search_text", "name", "kind", "award__call__name", "given_on"),
        ],
    ),
    ("revisiones", ("open", "upheld", "rejected"), _orders("made_at")),
    (
        "personas-adultas",
        ("asked", "agreed", "checked", "refused"),
        _orders("person__given_name", "name", "state", "expires_on"),
    ),
    ("personas/repetidas", ("possible", "different", "same"), [{"found": "nightly"}, *_orders("score", "found_at")]),
    ("certificados", ("valid",), _orders("name")),
    ("convocatorias", (), _orders("waiting")),
    ("cursos", (), []),
)  # fmt: skip


def timed(client: Client, address: str, query: dict[str, str]) -> float:
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
