"""What every test has: one network (loopback), one database engine at a time, one browser, repeatable properties."""

import gc
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import database
from tools.browser import HELP, find_browser

# `fast` looks for new examples each time; continuous integration repeats its own, so that a failure is the change's.
SLOW_MACHINES = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("fast", deadline=None, max_examples=50, suppress_health_check=SLOW_MACHINES)
hypothesis.settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, database=None, suppress_health_check=SLOW_MACHINES
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "fast"))

BROWSER_FIXTURES = {"page", "context", "browser", "new_context", "launch_browser", "browser_type"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
COMMITTING_FIXTURES = {"transactional_db", "live_server"}
# What these ask does not depend on the engine; core, apps, and the pages that write most are asked on both.
ONE_ENGINE_FOLDERS = (
    "cli",
    "bench",
    "docs",
    "programmes",
    "portals/learner",
    "portals/public",
    "portals/office/definitions",
)
# Each change is held to both engines in these; in the others a sweep asks PostgreSQL what SQLite was asked.
BOTH_ENGINES_FOLDERS = ("core", "apps/admissions", "apps/learning", "apps/people", "apps/programmes", "apps/sync")
# A change is held to what pages are for; a sweep goes through all of their looks, and through faults of the line.
SWEPT_FOLDERS = ("phone/",)
TESTS = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # All installations begin as copies of the first (core/management/commands/migrate.py).
        assert config.cache is not None, "Tests need pytest's cache."
        os.environ["EMPTY_DATABASE"] = str(config.cache.mkdir("empty-database") / "empty.sqlite3")
        os.environ["TEST_RUN"] = tempfile.mkdtemp(prefix="trenza-run-")
    (Path(settings.HOME) / "static").mkdir(parents=True, exist_ok=True)  # STATIC_ROOT, which a laptop has not


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home that trenza.settings.test made, once all workers have left it."""
    home = Path(settings.HOME)
    made = home.parent == Path(tempfile.gettempdir()) and home.name.startswith("trenza-test-")
    if hasattr(config, "workerinput"):
        return
    database.forget_the_copy()
    shutil.rmtree(os.environ["TEST_RUN"], ignore_errors=True)
    if made:
        shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a browser; on PostgreSQL keep what asks the database, on SQLite what SQLite can answer.
    Slow ones first."""
    on_postgresql = connection.vendor == "postgresql"
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER_FIXTURES:
            item.add_marker("browser")
        only_postgresql = item.get_closest_marker("postgresql") is not None
        asks = only_postgresql or asks_database(item)
        path = item.path.relative_to(TESTS).as_posix() if item.path.is_relative_to(TESTS) else ""
        if path.startswith(ONE_ENGINE_FOLDERS):
            item.add_marker("one_engine")
        if path.startswith(SWEPT_FOLDERS):
            item.add_marker("sweep")
        if on_postgresql and not only_postgresql and not path.startswith(BOTH_ENGINES_FOLDERS):
            item.add_marker("sweep")
        elsewhere = any(item.get_closest_marker(mark) is not None for mark in ("browser", "one_engine"))
        wanted = (asks and not elsewhere) if on_postgresql else not only_postgresql
        (kept if wanted else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
    # Files that take long begin first: no process is left alone with one of them at the end. Before them one that makes
    # the demonstration, so that the others find it made.
    slow = {item.path for item in kept if item.get_closest_marker("slow") is not None}
    makes = next((item.path for item in kept if "demo" in getattr(item, "fixturenames", ())), None)
    items[:] = sorted(kept, key=lambda item: (item.path != makes, item.path not in slow))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among tests and modules: they stay to the end, and are a million objects.

    It is a quarter of what tests compute.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def asks_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """What pytest-django asks before it makes the database of a process."""
    if connection.vendor == "postgresql" and "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock():
            database.begin_with_a_copy()


@pytest.fixture(scope="session")
def template_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as migrations left it, put back after every test that commits."""
    with django_db_blocker.unblock():
        database.keep_template()
    with pytest.MonkeyPatch.context() as patch:
        # Django has no public way to say how such a test cleans up; see tests/database.py for why it must.
        patch.setattr(TransactionTestCase, "_fixture_teardown", database.restore_template)
        yield


@pytest.fixture(autouse=True)
def no_calls_remembered() -> None:
    """Calls of other tests have the same codes, and stood at the same entry."""
    remembered = sys.modules.get("trenza.apps.admissions.remembered")
    if remembered is not None:
        remembered.forget_calls()


@pytest.fixture(autouse=True)
def _committing_test(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    if commits or COMMITTING_FIXTURES & set(request.fixturenames):
        request.getfixturevalue("template_database")


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """On SQLite a file that nobody else has open, as a restore asks for: threads of other tests may keep theirs."""
    if connection.vendor != "sqlite":
        yield
        return
    name, own = connection.settings_dict["NAME"], tmp_path / "own.sqlite3"
    connection.close()
    with closing(sqlite3.connect(name)) as shared, closing(sqlite3.connect(own)) as copy:
        shared.backup(copy)
    connection.settings_dict["NAME"] = str(own)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser of this machine, quiet: no sandbox (tests run as root in containers), nothing of its own to load."""
    executable = find_browser(windowless=True)
    if executable is None:
        pytest.fail(HELP, pytrace=False)
    # Playwright's synchronous interface runs an event loop in the test's thread, where Django refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    quiet = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update"]
    return {
        "executable_path": str(executable),
        "args": ["--no-sandbox", *(f"--{flag}" for flag in quiet), "--disable-sync"],
    }
