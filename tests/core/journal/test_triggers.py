import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from tests.core.journal.toys import choose
from trenza.core import triggers
from trenza.core.models import Entry

pytestmark = pytest.mark.django_db

INSERT = """INSERT {verb} core_entry (position, device_id, sequence, kind, data, happened_at, recorded_at)
SELECT position, device_id, sequence, 'forged', data, happened_at, recorded_at FROM core_entry"""


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # it does not look at triggers while checks are pending
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def statements() -> list[str]:
    both = ["UPDATE core_entry SET kind = 'forged'", "DELETE FROM core_entry"]
    if connection.vendor == "postgresql":
        return [*both, "TRUNCATE core_entry", "TRUNCATE core_entry CASCADE"]
    return [*both, INSERT.format(verb="OR REPLACE INTO")]


def test_journal_refuses_to_be_changed():
    choose(number=1)

    assert [refused(statement) for statement in statements()] == [True] * len(statements())


@pytest.mark.django_db(transaction=True)
def test_triggers_come_back_after_a_migration_that_rebuilds_the_table():
    choose(number=1)
    longer = models.CharField(max_length=90)
    longer.set_attributes_from_name("kind")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, Entry._meta.get_field("kind"), longer)
    if connection.vendor == "sqlite":  # Django rebuilt the table there, without its triggers
        assert triggers.missing(connection) == ["core_entry_no_delete", "core_entry_no_update"]
        assert [fault.id for fault in triggers.check(databases=["default"])] == ["trenza.E001"] * 2

    call_command("migrate", verbosity=0)

    assert triggers.check(databases=["default"]) == []
    assert [refused(statement) for statement in statements()] == [True] * len(statements())


def test_check_names_a_trigger_that_is_disabled():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_entry DISABLE TRIGGER core_entry_no_update")
        assert triggers.missing(connection) == ["core_entry_no_update"]
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER core_entry_no_update")
        assert triggers.missing(connection) == ["core_entry_no_update"]
