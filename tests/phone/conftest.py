"""One server for all tests of a process; lines, phones and women for each."""

import itertools
import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserType

from tests.database import TEMPLATE
from tests.phone.line import Line
from tests.phone.phone import SCREEN, Phone, Pocket
from tests.phone.server import Facts, Home, Lessons, Woman, Women, installed
from tools.mutants import copy_source

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def home(template_database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """An installation with the programme `uno`."""
    path = tmp_path_factory.mktemp("phone") / "home"
    with installed(path, Path(f"{connection.settings_dict['NAME']}{TEMPLATE}")) as home:
        home.lessons = home.office.programme(code="uno", lessons=4, questions=3)["lessons"]
        yield home


@pytest.fixture(scope="session")
def server(home: Home) -> Iterator[str]:
    """Where it is served."""
    with home.served() as url:
        yield url


@pytest.fixture(scope="session")
def next_server(home: Home, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The next version on the same data: another look, other modules, another version of the phone's database."""
    source = copy_source(tmp_path_factory.mktemp("next"))
    assets = source / "trenza" / "portals" / "field" / "assets"
    store = (assets / "phone" / "store.js").read_text()
    assert store.count("const VERSION = 1;") == 1
    (assets / "phone" / "store.js").write_text(store.replace("const VERSION = 1;", "const VERSION = 2;"))
    (assets / "look.css").write_text("main { scroll-margin: 1px }\n" + (assets / "look.css").read_text())
    with home.served(source) as url:
        yield url


@pytest.fixture(scope="session")
def heavy(home: Home, server: str) -> Facts:
    """The course of a programme `pesado`: its pack has more than five files; with `bytes` and `files` of its list."""
    course = home.office.programme(code="pesado", lessons=12, questions=3, words=2_600, picture=True)
    with urllib.request.urlopen(server + course["pack"]) as answer:
        manifest = json.loads(answer.read())
    return {**course, "bytes": manifest["bytes"], "files": len(manifest["files"])}


@pytest.fixture(scope="session")
def small(home: Home) -> Facts:
    """A course of a programme `chico` whose pack has one file."""
    course: Facts = home.office.programme(code="chico", lessons=2)
    return course


@pytest.fixture
def lessons(home: Home) -> Lessons:
    """Four lessons of three questions each."""
    return home.lessons


@pytest.fixture
def woman(db: None, home: Home) -> Women:
    """Women who are enrolled: `woman("Rosa")`. Two of the same name are two."""

    def made(name: str = "Rosa", programme: str = "uno") -> Woman:
        found: Woman = home.office.woman(name=f"{name}{next(_numbers)}", programme=programme)
        return found

    return made


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def new_line(db: None, server: str, stack: ExitStack) -> Callable[[], Line]:
    """Lines to the server. To a browser each is a site of its own."""
    return lambda: stack.enter_context(Line(server))


@pytest.fixture
def new_phone(browser: Browser, new_line: Callable[[], Line], stack: ExitStack) -> Callable[..., Phone]:
    """Phones: `new_phone()` has a line of its own; `java_script_enabled=False` and what else a context may be told."""

    def made(**options: Any) -> Phone:
        context = browser.new_context(viewport=SCREEN, **options)
        phone = Phone(context, new_line())
        stack.callback(phone.close)
        return phone

    return made


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    return new_phone()


@pytest.fixture
def new_pocket(
    browser_type_launch_args: dict[str, Any],
    browser_type: BrowserType,
    new_line: Callable[[], Line],
    stack: ExitStack,
    tmp_path: Path,
) -> Callable[[], Pocket]:
    """Phones that can be killed."""

    def made() -> Pocket:
        pocket = Pocket(browser_type, browser_type_launch_args, tmp_path / f"pocket-{next(_numbers)}", new_line())
        stack.callback(pocket.close)
        return pocket

    return made
