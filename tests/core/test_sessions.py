"""Sessions are written when something changed; what need not wait for the disk says so to SQLite alone."""

import fcntl
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from trenza.core.durability import without_waiting_for_the_disk
from trenza.core.sessions import SessionStore


def written(queries: CaptureQueriesContext) -> int:
    return len([each for each in queries if "django_session" in each["sql"] and not each["sql"].startswith("SELECT")])


@pytest.mark.django_db
def test_what_was_just_saved_is_not_saved_again_and_what_changed_is():
    session = SessionStore()
    session["call"] = "el-alto"
    session.save()
    with CaptureQueriesContext(connection) as queries:
        session.save()
    assert written(queries) == 0

    session["call"] = "oruro"
    session.save()
    assert SessionStore(session.session_key)["call"] == "oruro"


@pytest.mark.django_db
def test_a_session_under_a_new_key_is_written_with_what_it_held():
    session = SessionStore()
    session["call"] = "el-alto"
    session.save()
    before = session.session_key
    session.cycle_key()
    session.save()

    assert session.session_key != before
    assert SessionStore(session.session_key)["call"] == "el-alto"
    assert not SessionStore().exists(str(before))


@pytest.mark.django_db
def test_a_new_session_is_written_once_with_what_it_holds_also_under_another_key():
    """As when somebody signs in who had none."""
    session = SessionStore()
    session.cycle_key()
    session["call"] = "el-alto"
    with CaptureQueriesContext(connection) as queries:
        session.save()
    assert [each["sql"].split()[0] for each in queries] == ["SAVEPOINT", "INSERT", "RELEASE"]

    assert SessionStore(session.session_key)["call"] == "el-alto"


@pytest.mark.django_db
def test_a_key_that_somebody_has_is_not_taken(monkeypatch):
    first, second = SessionStore(), SessionStore()
    first["call"] = "el-alto"
    first.save()
    keys = iter([first.session_key, "b" * 32])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    second["call"] = "oruro"
    second.save()

    assert second.session_key == "b" * 32
    assert [SessionStore(each.session_key)["call"] for each in (first, second)] == ["el-alto", "oruro"]


@pytest.mark.one_engine
@pytest.mark.django_db(transaction=True)
def test_sessions_queue_for_their_turn_to_write():
    """SQLite's own way of waiting asks again and again, and whoever comes later may be first."""
    path = f"{connection.settings_dict['NAME']}.writing"
    done = threading.Event()

    def write() -> None:
        session = SessionStore()
        session["call"] = "el-alto"
        session.save()
        done.set()
        connections.close_all()

    writer = threading.Thread(target=write)
    with Path(path).open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        writer.start()
        assert not done.wait(0.5)
    writer.join(60)
    assert done.is_set()


@pytest.mark.one_engine
@pytest.mark.django_db(transaction=True)
def test_sqlite_waits_for_the_disk_again_afterwards_also_when_it_went_wrong():
    usual = waits()
    seen = []
    with suppress(LookupError), without_waiting_for_the_disk():
        seen.append(waits())
        raise LookupError
    assert (usual, seen, waits()) == (2, [1], 2)


def waits() -> object:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA synchronous").fetchone()[0]
