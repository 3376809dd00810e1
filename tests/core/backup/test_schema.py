"""Every table and column of ours has a written form, also at a point in the past."""

import pytest
from django.apps import apps
from django.db import connection, models

from trenza.core.backup import schema
from trenza.core.backup.errors import Unlike

pytestmark = pytest.mark.django_db


def test_tables_are_those_of_the_models_of_now():
    """A field of a kind that is not in KINDS fails here: say there and in engines.py how it is written down."""
    found = {table.name: [column.name for column in table.columns] for table in schema.tables(schema.applied())}

    assert found == {
        model._meta.db_table: sorted(str(field.column) for field in model._meta.local_concrete_fields)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in schema.LEFT_OUT
    }


def test_nothing_stands_in_the_database_that_is_not_kept_on_purpose():
    kept = {table.name for table in schema.tables(schema.applied())}

    assert set(connection.introspection.table_names()) - kept == {"django_migrations", *schema.LEFT_OUT}


def test_tables_of_then_are_those_of_then():
    first = [("core", "0001_journal")]

    assert [table.name for table in schema.tables(first)] == [
        "core_cursor", "core_device", "core_entry", "core_setaside", "core_task",
    ]  # fmt: skip


def test_unknown_migrations_are_named():
    assert schema.unknown([("core", "0001_journal"), ("core", "9999_later"), ("other", "0001_x")]) == [
        ("core", "9999_later"),
        ("other", "0001_x"),
    ]


def test_a_kind_without_a_written_form_is_refused_by_name():
    class Strange(models.Model):
        lasts = models.DurationField()

        class Meta:
            app_label = "strange"

    with pytest.raises(Unlike, match=r"strange.Strange.lasts is a DurationField"):
        schema._kind(Strange._meta.get_field("lasts"))
