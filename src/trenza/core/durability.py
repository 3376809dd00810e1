"""What need not wait for the disk: a count of tries, a session. What is acknowledged as kept always does."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """On SQLite: what is committed meanwhile survives a killed process, and after a power cut all of it up to some
    moment is there; nothing is ever half written. Within a transaction, and on PostgreSQL, nothing changes."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        usual = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {usual}")
