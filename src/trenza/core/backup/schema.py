"""Which tables and columns there are after given migrations, and how each kind of column is written down.

Asked of Django's history of models rather than of the models of now: a backup is taken before an update has migrated,
and an old one is loaded into the schema of its own time.
"""

from collections.abc import Collection
from typing import Any

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from trenza.core.backup.errors import Unlike
from trenza.core.backup.frames import Column, Table

Migration = tuple[str, str]

# Sessions are not kept: what somebody has ended must not begin again. People sign in anew after a restore.
LEFT_OUT = frozenset({"django_session"})
JOURNAL = "core_entry"

_INTEGERS = "Auto BigAuto SmallAuto Integer BigInteger SmallInteger PositiveInteger PositiveSmallInteger"
# Django's name of a kind of column, and ours. Written down they are what SQLite holds, but for Django's own UUIDs.
KINDS = {
    **{f"{name}Field": "integer" for name in f"{_INTEGERS} PositiveBigInteger".split()},
    **{f"{name}Field": "text" for name in ("Char", "Text", "Slug", "File", "FilePath")},
    "BooleanField": "boolean",  # 0, 1
    "FloatField": "float",
    "DecimalField": "decimal",  # a float, as SQLite holds it: up to fifteen digits come back as they were
    "DateField": "date",  # 2026-11-22
    "DateTimeField": "moment",  # 2026-11-22 14:00:00 or 2026-11-22 14:00:00.123456, in UTC
    "TimeField": "time",  # 14:00:00, or with as many digits of a second as there are
    "JSONField": "json",  # as text
    "BinaryField": "bytes",
    "TrenzaUUIDField": "uuid",  # 16 bytes
    "UUIDField": "hex",  # 32 digits
}


def applied() -> list[Migration]:
    """The migrations that the database has had."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown(migrations: Collection[Migration]) -> list[Migration]:
    """Those that this program does not have: it is older, or runs with other settings."""
    return sorted(set(migrations) - MigrationLoader(None).disk_migrations.keys())


def tables(migrations: Collection[Migration]) -> list[Table]:
    """Every table of ours after these migrations, by name.

    Raises:
        Unlike: a column is of a kind that has no written form here.
    """
    loader = MigrationLoader(None)
    state = loader.project_state([each for each in migrations if each in loader.graph.nodes])
    found = [
        _table(model)
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(found, key=lambda table: table.name)


def migrate_to(migrations: Collection[Migration]) -> None:
    """Bring an empty database to where exactly these migrations have run.

    Raises:
        Unlike: the order of migrations was another one; this program cannot go back to it.
    """
    executor = MigrationExecutor(connection)
    wanted = {each for each in migrations if each in executor.loader.graph.nodes}
    if wanted == set(executor.loader.graph.nodes):
        call_command("migrate", verbosity=0)  # which may know it by heart
    else:
        executor.migrate([each for each in sorted(wanted) if not _later_in_app(executor.loader, each, wanted)])
    if applied() != sorted(migrations):
        raise Unlike("This program cannot go back to the schema of this backup. Restore it with the one that made it.")


def migrate_on() -> None:
    """Bring the database to where this program is, and do what follows a migrate: triggers, permissions."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    else:  # the usual case; the command would work out the state of all models to find nothing to do
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _later_in_app(loader: MigrationLoader, migration: Migration, wanted: Collection[Migration]) -> bool:
    children = loader.graph.node_map[migration].children
    return any(child.key[0] == migration[0] and child.key in wanted for child in children)


def _table(model: type[models.Model]) -> Table:
    columns = [
        Column(field.column, _kind(field))
        for field in model._meta.local_concrete_fields
        if field.column and not field.generated
    ]
    # By name: their order follows from how migrations are sorted, and is not the same for ever.
    columns.sort(key=lambda column: column.name)
    return Table(model._meta.db_table, columns, [str(field.column) for field in model._meta.pk_fields])


def _kind(field: "models.Field[Any, Any]") -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    try:
        return KINDS[field.get_internal_type()]
    except KeyError:
        message = f"{field.model._meta.label}.{field.name} is a {field.get_internal_type()}, which backups cannot hold"
        raise Unlike(f"{message}: say in core/backup/schema.py and engines.py how it is written down.") from None
