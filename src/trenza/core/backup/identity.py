"""Whose a backup is: the system's, and the server's that made it."""

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from trenza.core.journal import writing
from trenza.core.models import Device


class Whose(NamedTuple):
    """`system` stays through every restore (its first authority); `device` is the authority of now."""

    system: str
    device: str


def whose() -> Whose:
    """The system in the database of now."""
    now = writing.authority_device()
    ever = Device.objects.filter(kind__in=[Device.Kind.AUTHORITY, Device.Kind.FORMER]).order_by("id").first()
    return Whose(str((ever or now).uuid), str(now.uuid))


def has_entries() -> bool:
    """Whether something has happened in this database: its journal holds a line."""
    if "core_entry" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM core_entry)")
        return bool(cursor.fetchone()[0])


def secret_key_fingerprint() -> str:
    """Tells whether two systems sign with the same key, and nothing else about it."""
    return hashlib.sha256(b"trenza backup " + str(settings.SECRET_KEY).encode()).hexdigest()[:16]
