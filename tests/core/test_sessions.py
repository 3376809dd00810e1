"""Sessions are written when something changed; what need not wait for the disk says so to SQLite alone."""

from contextlib import suppress

import pytest
from django.db import connection
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
