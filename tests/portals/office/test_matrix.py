"""Every role, in every scope, on every page of the office: what it answers, and whose names are in its bytes."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.portals.office.matrix import CASES, EXPORTED, NAMES, OPEN, ROLES, SCOPES, Case, World
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.portals.office.urls import WAGTAILS, urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_engine]

# Each change is held to the role whose scopes are of every kind; a sweep goes through all.
LETTERS = [pytest.param(letter, marks=[] if letter == "C" else pytest.mark.sweep) for letter in ROLES]

Found = tuple[int, frozenset[str]]


def test_every_page_has_a_line_in_the_matrix():
    names = {pattern.name for pattern in urlpatterns if pattern not in WAGTAILS and isinstance(pattern, URLPattern)}

    assert (names - CASES.keys(), CASES.keys() - names) == (set(), set()), (
        "a page of the office that nobody has asked with every role and scope: add its line to CASES in "
        "tests/portals/office/matrix.py, under the name of its address: Case(letters of the roles that open it, the "
        "scopes from which its row may be opened, how to find that row in the World); `acts=True` for what only takes "
        "POST, `lists=True` for a list of people, and a list that can be exported into EXPORTED"
    )


def seen(scope: str) -> frozenset[str]:
    """The names of those who lie within the scope."""
    return frozenset(name for name, scopes in NAMES.items() if scope in scopes)


def named(content: bytes) -> frozenset[str]:
    return frozenset(name for name in NAMES if name.encode() in content)


def ask(client: Client, name: str, case: Case, world: World, viewer: Person, expected: int) -> Found:
    """What the page answers, and the names in it."""
    address = reverse(name, kwargs=dict(case.row(world, viewer)))
    answer = client.post(address) if case.acts and expected == 404 else client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a stream
    return OPEN if answer.status_code == 302 else answer.status_code, named(content)


def faults(client: Client, world: World, letter: str, scope: str) -> Iterator[str]:
    kind, key = world.scopes[scope]
    viewer = staff(ROLES[letter], scope_kind=kind, scope=key)
    sign_in(client, viewer)
    for name, case in CASES.items():
        expected = case.status(letter, scope)
        if name.startswith("office_import") and case.row is not CASES["office_import_new"].row and expected == 403:
            continue  # whoever may not upload has no list of her own
        status, names = ask(client, name, case, world, viewer, expected)
        if status != expected:
            yield f"{ROLES[letter]} in {scope}: {name} answers {status}, not {expected}"
        if strangers := names - seen(scope):
            yield f"{ROLES[letter]} in {scope}: {name} names {', '.join(strangers)}"
        listed = frozenset() if scope in case.but_from else seen(scope)
        if case.lists and status == 200 and names != listed:
            yield f"{ROLES[letter]} in {scope}: {name} lists {sorted(names)}, not {sorted(listed)}"


@pytest.mark.parametrize("letter", LETTERS)
def test_every_page_answers_each_role_within_its_scope_and_names_nobody_else(client: Client, letter: str):
    world = World()

    assert [fault for scope in SCOPES for fault in faults(client, world, letter, scope)] == []


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_every_export_holds_exactly_who_lies_within_the_scope(client: Client, letter: str, format: str):
    world = World()
    wrong = {}
    for scope in SCOPES:
        kind, key = world.scopes[scope]
        sign_in(client, staff(ROLES[letter], scope_kind=kind, scope=key))
        for name in EXPORTED:
            answer = client.get(f"{reverse(name)}?export={format}")
            expected = (200, seen(scope)) if letter in CASES[name].roles else (403, frozenset())
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a stream
            found = (answer.status_code, named(text_of(content)))
            if found != expected:
                wrong[scope, name] = (found, expected)

    assert wrong == {}


def text_of(content: bytes) -> bytes:
    """The words of a workbook, which is packed; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row).encode()


def test_whoever_has_no_role_and_whoever_is_not_signed_in_open_nothing(client: Client):
    world = World()
    nobody = staff(None)
    addresses = [
        reverse(name, kwargs=dict(case.row(world, world.here.application.person)))
        for name, case in CASES.items()
        if "import" not in name or name in ("office_import_new", "office_import_template")
    ]

    assert {client.get(address).status_code for address in addresses} == {302}
    sign_in(client, nobody)
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(address).status_code for address in addresses} == {403}
