"""One demonstration for all stories of a process, all of them as it was when it was made."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journey import steps
from tests.journey.running import Demo, prepare_once, running_demo
from tests.journey.visitor import DESK, Visitor, visitor
from tests.shared import find_shared_data

Visit = Callable[..., AbstractContextManager[Visitor]]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data = find_shared_data()
    shared = data.parent if data else None
    own = tmp_path_factory.getbasetemp()  # with several processes each has one beside the others'
    made = prepare_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, shared)
    home = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(made, home)
    with running_demo(home, shared) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Visit:
    """`with visit() as her:` gives somebody new a browser."""
    return partial(visitor, browser, demo.url)


@pytest.fixture
def enter(visit: Visit, demo: Demo) -> Iterator[Callable[[str], Visitor]]:
    """`enter(role)` signs somebody of the demonstration's team in, at a desk, and opens the office."""
    with ExitStack() as stack:

        def signed_in(role: str) -> Visitor:
            someone = stack.enter_context(visit(screen=DESK))
            steps.sign_in(someone, demo, f"{role}@demo.example", "/oficina/")
            return someone

        yield signed_in


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
